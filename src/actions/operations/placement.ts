import { z } from "zod";
import { toIso } from "../../models/ids.js";
import type { Addressing } from "../../telegram/peer.js";
import { scheduleTime } from "../when.js";
import { messageId } from "./input.js";

/** Where in a chat a message goes, and how. */
export interface Placement {
  readonly silent: boolean;
  readonly replyTo?: number;
  readonly topic?: number;
  /** Seconds of Unix time. */
  readonly schedule?: number;
}

export const placement = {
  replyTo: messageId.exactOptional(),
  topic: messageId.exactOptional(),
  silent: z.boolean().default(false),
  schedule: scheduleTime.exactOptional(),
};

/** In plain words. */
export const describePlacement = ({ silent, replyTo, topic, schedule }: Placement): readonly string[] => [
  ...(topic === undefined ? [] : [`in topic ${topic}`]),
  ...(replyTo === undefined ? [] : [`in reply to message ${replyTo}`]),
  ...(silent ? ["without a sound"] : []),
  ...(schedule === undefined ? [] : [`at ${toIso(schedule)}`]),
];

/** The fields of a request. A message in a topic that answers none answers the one that began it (core.telegram.org/api/forum). */
export function placed({ api }: Addressing, { silent, replyTo, topic, schedule }: Placement) {
  const replyToMsgId = replyTo ?? topic;
  const thread = topic === undefined ? {} : { topMsgId: topic };
  return {
    silent,
    ...(replyToMsgId === undefined ? {} : { replyTo: new api.InputReplyToMessage({ replyToMsgId, ...thread }) }),
    ...(schedule === undefined ? {} : { scheduleDate: schedule }),
  };
}
