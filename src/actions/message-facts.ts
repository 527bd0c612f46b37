import { definedOnly } from "../defined-only.js";
import type { Entity } from "../models/entity.js";
import type { Peer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { audienceOf } from "./audience.js";
import { oneLine } from "./describe-proposal.js";
import { linksIn } from "./links.js";
import type { Facts } from "./operation.js";
import type { ProposedLink } from "./shapes.js";
import { visible } from "./visible.js";

type ShownFacts = Facts & { readonly warnings: readonly string[] };

/** What a person should see of a text before it goes to a chat, and what to warn of. */
export const messageFacts = async (
  telegram: Telegram,
  peer: Peer,
  text: string,
  entities: readonly Entity[],
  signal: AbortSignal,
): Promise<ShownFacts> => {
  const facts = await linkFacts(telegram, peer, linksIn(text, entities), signal);
  // An agent's host may leave out what it does not show; here it is at least said.
  const warnings = visible(text) === text ? facts.warnings : [...facts.warnings, UNSEEN];
  return { ...facts, text, warnings };
};

const UNSEEN = "The text has characters that nobody can see: they are sent, too.";

/** Who reads these links, and which of them to mind. */
export async function linkFacts(
  telegram: Telegram,
  peer: Peer,
  links: readonly ProposedLink[],
  signal: AbortSignal,
): Promise<ShownFacts> {
  const reach = await audienceOf(telegram, peer, { signal });
  const hidden = links.filter((link) => link.hidden).length;
  return {
    ...definedOnly({ links: links.length === 0 ? undefined : links }),
    ...reach,
    warnings: [
      ...(reach.firstContact === true ? [`You have never written to "${oneLine(peer.title)}".`] : []),
      ...(hidden > 0 ? [`${hidden} of the links lead elsewhere than the text says.`] : []),
    ],
  };
}
