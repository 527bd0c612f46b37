import type { Api } from "telegram";

/** How often a message got one reaction. */
export interface Reaction {
  readonly type: "emoji" | "custom_emoji" | "paid";
  /** Of `emoji`. */
  readonly emoji?: string;
  /** Of `custom_emoji`. A 64-bit number as a string. */
  readonly customEmojiId?: string;
  readonly count: number;
  /** This account gave it too. */
  readonly isChosen: boolean;
}

/** `undefined` when there are none. */
export function toReactions(reactions: Api.TypeMessageReactions | undefined): readonly Reaction[] | undefined {
  const found = reactions?.results.flatMap(toReaction) ?? [];
  return found.length > 0 ? found : undefined;
}

function toReaction({ reaction, count, chosenOrder }: Api.TypeReactionCount): Reaction[] {
  const counted = { count, isChosen: typeof chosenOrder === "number" };
  switch (reaction.className) {
    case "ReactionEmoji":
      return [{ type: "emoji", emoji: reaction.emoticon, ...counted }];
    case "ReactionCustomEmoji":
      return [{ type: "custom_emoji", customEmojiId: reaction.documentId.toString(), ...counted }];
    case "ReactionPaid":
      return [{ type: "paid", ...counted }];
    case "ReactionEmpty":
      return [];
  }
}
