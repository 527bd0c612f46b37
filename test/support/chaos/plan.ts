import type { FaultRule } from "tg-guarded/testing";

export type Random = () => number;

/** Where a process kills itself: after so many claims, at one of the points after that. */
export interface Death {
  readonly claims: number;
  readonly points: number;
  /** Points count only from the moment when a write is about to leave. */
  readonly sending?: true;
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export function shuffled<T>(random: Random, list: readonly T[]): readonly T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** Around the request itself: before it, after it, before and after what came of it is written down, and further. */
export const deathInTheMidst = (random: Random): Death =>
  random() < 0.6 ? { claims: 1, points: below(random, 5), sending: true } : { claims: 1, points: below(random, 8) };

/** Mostly while an order is under way; sometimes before any is. */
export function deathAt(random: Random): Death {
  const isEarly = random() < 0.15;
  return { claims: isEarly ? 0 : 1 + below(random, 6), points: below(random, isEarly ? 60 : 18) };
}

const WRITES = [
  "messages.sendMessage",
  "messages.sendMedia",
  "upload.saveFilePart",
  "messages.editMessage",
  "channels.deleteMessages",
  "messages.deleteMessages",
  "messages.deleteHistory",
  "messages.forwardMessages",
  "channels.leaveChannel",
  "channels.joinChannel",
  "messages.importChatInvite",
  "channels.inviteToChannel",
  "messages.addChatUser",
  "messages.deleteChatUser",
  "channels.editBanned",
  "messages.updatePinnedMessage",
  "messages.sendReaction",
  "messages.readHistory",
  "channels.readHistory",
  "messages.saveDraft",
  "*",
];
const EFFECTS = [
  { drop: "before" },
  { drop: "after" },
  { drop: "after" },
  { error: "FLOOD_WAIT_1" },
  { error: "FLOOD_WAIT_2" },
  { error: "RPC_CALL_FAIL" },
] as const;

/** Each hits one request, so that the retries of one call outlast them. */
export function faultsOf(random: Random): FaultRule[] {
  const one = (): FaultRule => ({
    method: WRITES[below(random, WRITES.length)] ?? "*",
    nth: 1 + below(random, 2),
    ...EFFECTS[below(random, EFFECTS.length)],
  });
  const anywhere = (): FaultRule => ({ ...one(), method: "*", nth: 2 + below(random, 10) });
  return [
    ...Array.from({ length: 3 + below(random, 6) }, one),
    ...Array.from({ length: 1 + below(random, 2) }, anywhere),
  ];
}
