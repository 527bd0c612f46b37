import type * as Tl from "../../tl/types.js";
import type { Reaction } from "../message.js";
import type { People } from "./people.js";
import type { ExportedMessage } from "./schema.js";
import { emojiId } from "./text.js";

type Exported = NonNullable<ExportedMessage["reactions"]>[number];

function reactionOf({ type, emoji, document_id }: Exported): Tl.TypeReaction {
  if (type === "paid") return { _: "reactionPaid" };
  if (type === "custom_emoji") return { _: "reactionCustomEmoji", document_id: emojiId(document_id) };
  return { _: "reactionEmoji", emoticon: emoji ?? "" };
}

export function readReactions(people: People, { reactions }: ExportedMessage): readonly Reaction[] | undefined {
  return reactions?.map((one) => ({
    reaction: reactionOf(one),
    count: one.count,
    recent: (one.recent ?? []).flatMap(({ from, from_id, date }) => {
      if (from_id === undefined || from_id === null) return [];
      return [{ from: people.peer(from_id, from), date: Date.parse(`${date}Z`) / 1000 }];
    }),
  }));
}
