import type * as Tl from "../../tl/types.js";
import type { Message } from "../../world/message.js";
import { userPeer } from "../../world/peer.js";
import { chosen, reactInChannel, reactOnCopies, sameReaction } from "../../world/react.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid, refuse } from "./refuse.js";
import { historyOf, isChannel, targetOf, type Target } from "./resolve.js";
import { tell } from "./tell.js";

/** The reactions that everybody has (core.telegram.org/api/reactions), those of messages.getAvailableReactions. */
export const OFFERED: ReadonlySet<string> = new Set(
  `👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭
   🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡`.split(/\s+/),
);

const isOffered = (reaction: Tl.TypeReaction): boolean =>
  reaction._ === "reactionEmoji" && OFFERED.has(reaction.emoticon.replaceAll("\ufe0f", ""));

/** @throws REACTION_INVALID, REACTIONS_TOO_MANY */
function checkChoice({ world, account }: RequestContext, choice: readonly Tl.TypeReaction[]): void {
  if (!choice.every(isOffered)) throw refuse("REACTION_INVALID");
  if (choice.length > (world.users.get(account.id)?.premium ? 3 : 1)) throw refuse("REACTIONS_TOO_MANY");
}

/** What the admins of the chat let be chosen. @throws REACTION_INVALID */
function checkAllowed(target: Target, choice: readonly Tl.TypeReaction[]): void {
  const offered = target.kind === "user" ? undefined : target.reactions;
  if (!offered || offered._ === "chatReactionsAll") return;
  const some = offered._ === "chatReactionsSome" ? offered.reactions : [];
  if (!choice.every((one) => some.some((other) => sameReaction(one, other)))) throw refuse("REACTION_INVALID");
}

/** Everybody who can read may react, save in a group that he is no member of. */
function checkMayReact({ account }: RequestContext, target: Target): void {
  if (target.kind === "user" || target.kind === "channel") return;
  if (!target.members.get(account.id)) throw forbid("CHAT_WRITE_FORBIDDEN");
}

function isUnchanged({ account }: RequestContext, { reactions = [] }: Message, choice: readonly Tl.TypeReaction[]) {
  const mine = reactions.filter(({ recent }) =>
    recent.some(({ from }) => from.kind === "user" && from.id === account.id),
  );
  const kept = mine.filter(({ reaction }) => choice.some((one) => sameReaction(one, reaction)));
  return mine.length === choice.length && kept.length === choice.length;
}

export const react = {
  "messages.sendReaction": ({ peer, msg_id, reaction: given = [] }, context) => {
    const target = targetOf(context, peer);
    checkMayReact(context, target);
    const message = historyOf(context, target).byId(msg_id);
    if (!message) throw refuse("MESSAGE_ID_INVALID");
    const choice = given.filter(({ _ }) => _ !== "reactionEmpty");
    checkChoice(context, choice);
    checkAllowed(target, choice);
    if (isUnchanged(context, message, choice)) throw refuse("MESSAGE_NOT_MODIFIED");
    const date = Math.floor(context.now / 1000);
    const reactions = chosen(message.reactions, userPeer(context.account.id), choice, date);
    const reacted = { ...message, reactions };
    const { world } = context;
    return tell(context, isChannel(target) ? reactInChannel(world, target, reacted) : reactOnCopies(world, reacted));
  },
} satisfies Handlers;
