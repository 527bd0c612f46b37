import { definedOnly } from "../defined-only.js";
import type { Entity } from "../models/entity.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { audienceOf } from "./audience.js";
import { linksIn } from "./links.js";
import type { Facts } from "./operation.js";

/** What a person should see of a text before it goes to a chat, and what to warn of. */
export async function messageFacts(
  telegram: Telegram,
  peer: Peer,
  text: string,
  entities: readonly Entity[],
  signal: AbortSignal,
): Promise<Facts & { readonly warnings: readonly string[] }> {
  const links = linksIn(text, entities);
  const reach = await audienceOf(telegram, peer, { signal });
  const hidden = links.filter((link) => link.hidden).length;
  return {
    text,
    ...definedOnly({ links: links.length === 0 ? undefined : links }),
    ...reach,
    warnings: [
      ...(reach.firstContact === true ? [`You have never written to "${peer.title}".`] : []),
      ...(hidden > 0 ? [`${hidden} of the links lead elsewhere than the text says.`] : []),
    ],
  };
}
