import type * as Tl from "../../tl/types.js";
import { topicOf } from "../../world/forum.js";
import type { Message } from "../../world/message.js";
import type { Peer } from "../../world/peer.js";
import { samePeer } from "../../world/peer.js";
import { isChannel, type Target } from "./resolve.js";
import { passes } from "./search-filter.js";

type Wanted = (message: Message) => boolean;

export interface Criteria {
  readonly q: string;
  readonly filter: Tl.TypeMessagesFilter;
  /** Seconds of Unix time, both exclusive; 0 for none. */
  readonly min_date: number;
  readonly max_date: number;
  readonly from?: Peer | undefined;
  /** Whether a message calls whoever searches. */
  readonly callsMe: Wanted;
}

/** Whether a message is what a search looks for: all words, the kind, the time, the sender. */
export function matching({ q, filter, min_date, max_date, from, callsMe }: Criteria): Wanted {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (message) => {
    if (from && !(message.from && samePeer(message.from, from))) return false;
    if (min_date > 0 && message.date <= min_date) return false;
    if (max_date > 0 && message.date >= max_date) return false;
    if (!passes(message, filter, callsMe)) return false;
    const text = message.text.toLowerCase();
    return words.every((word) => text.includes(word)) && (words.length === 0 || !message.action);
  };
}

/**
 * Whether a message belongs to a topic, or answers the one at the top of a thread, or one of its answers.
 * Messages must be asked about in the order of their ids.
 */
export function belongingTo(target: Target, top: number): Wanted {
  if (isChannel(target) && target.forum?.get(top)) return (message) => topicOf(message) === top;
  const thread = new Set([top]);
  return ({ id, topId, replyTo, replyPeer }) => {
    const answers = topId === top || (replyTo !== undefined && !replyPeer && thread.has(replyTo));
    if (answers) thread.add(id);
    return answers;
  };
}
