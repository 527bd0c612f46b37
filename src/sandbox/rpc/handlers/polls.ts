import type * as Tl from "../../tl/types.js";
import type { Message } from "../../world/message.js";
import { tlPeer, userPeer } from "../../world/peer.js";
import { pollIn, pollState, tellPoll } from "../../world/poll-state.js";
import type { Poll, Vote } from "../../world/polls.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid, refuse } from "./refuse.js";
import { historyOf, isChannel, mailboxOf, targetOf, type Target } from "./resolve.js";
import { tell } from "./tell.js";

interface Asked {
  readonly target: Target;
  readonly message: Message;
  readonly poll: Poll;
}

/** @throws MESSAGE_ID_INVALID, or what the method calls it */
function asked(context: RequestContext, input: Tl.TypeInputPeer, id: number, missing = "MESSAGE_ID_INVALID"): Asked {
  const target = targetOf(context, input);
  const message = historyOf(context, target).byId(id);
  const poll = message && pollIn(context.world, message);
  if (!message || !poll) throw refuse(missing);
  return { target, message, poll };
}

/** @throws MESSAGE_POLL_CLOSED, OPTIONS_TOO_MUCH, OPTION_INVALID, REVOTE_NOT_ALLOWED */
function checkVote({ account }: RequestContext, poll: Poll, options: readonly Uint8Array[]): void {
  if (poll.isClosed) throw refuse("MESSAGE_POLL_CLOSED");
  if (!options.every((option) => poll.has(option))) throw refuse("OPTION_INVALID");
  if (options.length > 1 && !poll.tl.multiple_choice) throw refuse("OPTIONS_TOO_MUCH");
  if (poll.tl.quiz && poll.votes.has(account.id)) throw refuse("REVOTE_NOT_ALLOWED");
}

/** @throws MESSAGE_NOT_MODIFIED when it is closed already */
export function closePoll(context: RequestContext, target: Target, message: Message): Tl.updates {
  const poll = pollIn(context.world, message);
  if (!poll) throw refuse("MEDIA_PREV_INVALID");
  if (poll.isClosed) throw refuse("MESSAGE_NOT_MODIFIED");
  poll.close();
  if (isChannel(target)) target.log.add(context.account.id, { kind: "poll-stopped", message });
  return tell(context, tellPoll(context.world, isChannel(target) ? target : undefined, message, poll));
}

const VOTES_LIMIT = 50;

function presentVote(userId: number, { options, date }: Vote, one: boolean): Tl.TypeMessagePeerVote {
  const peer = tlPeer(userPeer(userId));
  const bytes = options.map((option) => Buffer.from(option, "hex"));
  const [option] = bytes;
  if (one) return { _: "messagePeerVoteInputOption", peer, date };
  return option && bytes.length === 1
    ? { _: "messagePeerVote", peer, option, date }
    : { _: "messagePeerVoteMultiple", peer, options: bytes, date };
}

/** core.telegram.org/api/poll */
export const polls = {
  "messages.sendVote": ({ peer, msg_id, options }, context) => {
    const found = asked(context, peer, msg_id);
    checkVote(context, found.poll, options);
    const { target, message, poll } = found;
    poll.vote(context.account.id, options, Math.floor(context.now / 1000));
    return tell(context, tellPoll(context.world, isChannel(target) ? target : undefined, message, poll));
  },
  "messages.getPollResults": ({ peer, msg_id }, context) =>
    pollState(context.world, mailboxOf(context), asked(context, peer, msg_id).poll),
  "messages.getPollVotes": ({ peer, id, option, offset, limit }, context) => {
    // core.telegram.org/method/messages.getPollVotes has these errors alone: for an anonymous poll there is no other name.
    const { target, poll } = asked(context, peer, id, "MSG_ID_INVALID");
    if (target.kind === "channel") throw forbid("BROADCAST_FORBIDDEN");
    if (!poll.tl.public_voters) throw refuse("MSG_ID_INVALID");
    if (!poll.votes.has(context.account.id) && !poll.isClosed) throw forbid("POLL_VOTE_REQUIRED");
    const wanted = option && Buffer.from(option).toString("hex");
    const all = [...poll.votes].reverse().filter(([, vote]) => !wanted || vote.options.includes(wanted));
    const from = Number(offset ?? 0) || 0;
    const page = all.slice(from, from + Math.min(Math.max(0, limit), VOTES_LIMIT));
    const cast = new Cast(context.world, mailboxOf(context));
    for (const [user] of page) cast.addUser(user);
    const next = from + page.length;
    return {
      _: "messages.votesList",
      count: all.length,
      votes: page.map(([user, vote]) => presentVote(user, vote, wanted !== undefined)),
      chats: cast.chats,
      users: cast.users,
      next_offset: next < all.length ? String(next) : undefined,
    };
  },
} satisfies Handlers;
