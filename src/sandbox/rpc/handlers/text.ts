import type * as Tl from "../../tl/types.js";
import { withDetected } from "../../world/entities.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { userOf } from "./resolve.js";

/** In UTF-16 code units, as Telegram counts everywhere. */
const LONGEST = 4096;
const LONGEST_CAPTION = 1024;
const LONGEST_CAPTION_WITH_PREMIUM = 2048;

type Entity = Tl.TypeMessageEntity;

export interface Text {
  readonly text: string;
  readonly entities: readonly Entity[] | undefined;
}

/**
 * What becomes of the text of a request: white space around it is cut off, marks move along, links are found.
 *
 * @throws MESSAGE_EMPTY, MESSAGE_TOO_LONG, ENTITY_BOUNDS_INVALID
 */
export function acceptText(context: RequestContext, message: string, given: readonly Entity[] = []): Text {
  const text = message.trim();
  if (text === "") throw refuse("MESSAGE_EMPTY");
  if (text.length > LONGEST) throw refuse("MESSAGE_TOO_LONG");
  return marked(context, message, given);
}

/**
 * The same for the text beneath a picture or file, which may be empty.
 *
 * @throws MEDIA_CAPTION_TOO_LONG, ENTITY_BOUNDS_INVALID
 */
export function acceptCaption(context: RequestContext, message: string, given: readonly Entity[] = []): Text {
  const { premium } = context.world.users.get(context.account.id) ?? {};
  const longest = premium ? LONGEST_CAPTION_WITH_PREMIUM : LONGEST_CAPTION;
  if (message.trim().length > longest) throw refuse("MEDIA_CAPTION_TOO_LONG");
  return marked(context, message, given);
}

function marked(context: RequestContext, message: string, given: readonly Entity[]): Text {
  const text = message.trim();
  const cut = message.length - message.trimStart().length;
  const entities = given.flatMap((entity) => {
    checkBounds(entity, message);
    return moved(accepted(context, entity), cut, text.length);
  });
  return { text, entities: withDetected(text, entities) };
}

function checkBounds({ offset, length }: Entity, message: string): void {
  if (offset < 0 || length < 0 || offset + length > message.length) throw refuse("ENTITY_BOUNDS_INVALID");
}

/** A mention comes with an input user and is kept with his id. */
function accepted(context: RequestContext, entity: Entity): Entity {
  if (entity._ !== "inputMessageEntityMentionName") return entity;
  const { offset, length } = entity;
  return { _: "messageEntityMentionName", offset, length, user_id: BigInt(userOf(context, entity.user_id).id) };
}

function moved(entity: Entity, cut: number, end: number): Entity[] {
  const offset = Math.max(0, entity.offset - cut);
  const length = Math.min(entity.offset + entity.length - cut, end) - offset;
  return length > 0 ? [{ ...entity, offset, length }] : [];
}
