import type { Chat } from "tg-guarded";
import { z } from "zod";
import { defined } from "./defined.js";
import { nameText } from "./words.js";

export const CHAT_KINDS = ["user", "group", "supergroup", "channel"] as const;

/** A chat wherever it appears. */
export const chatSchema = z.object({
  id: z.int(),
  title: nameText(),
  type: z.enum(CHAT_KINDS),
  username: nameText().optional(),
  participants_count: z.int().optional(),
});

export const showChat = ({ id, title, kind, username, participantsCount }: Chat): z.input<typeof chatSchema> =>
  defined({ id, title, type: kind, username, participants_count: participantsCount });
