import { readMarkup } from "../demo/markup.js";
import type { Posting } from "../post.js";
import type { World } from "../world.js";
import type { NewMessage } from "./builder.js";
import { answersOf, markupOf } from "./buttons.js";
import { within } from "./fault.js";
import { mediaOf } from "./media.js";
import { parsed } from "./parse.js";
import { messagePlan } from "./schema.js";

/** What somebody writes while the sandbox runs, with what is attached to it described as in a world file. */
export interface DescribedPosting extends Omit<Posting, "media" | "entities" | "replyMarkup" | "buttonAnswers"> {
  readonly media?: NewMessage["media"];
  readonly buttons?: NewMessage["buttons"];
  readonly markup?: boolean;
}

/** @throws SandboxError `world_invalid` */
export function postingOf(world: World, described: DescribedPosting): Posting {
  const { media, buttons, markup, text, ...rest } = described;
  const plan = parsed(messagePlan, { ...(media ? { media } : {}), ...(buttons ? { buttons } : {}) });
  const date = Math.floor(world.now() / 1000);
  const { text: said, entities } = markup ? readMarkup(text) : { text, entities: undefined };
  return within("media", () => ({
    ...rest,
    text: said,
    ...(entities ? { entities } : {}),
    ...(plan.media ? { media: mediaOf(world, plan.media, date) } : {}),
    ...(plan.buttons ? { replyMarkup: markupOf(plan.buttons), buttonAnswers: answersOf(plan.buttons) } : {}),
  }));
}
