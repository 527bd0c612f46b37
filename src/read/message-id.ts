import { z } from "zod";

/** Ids of messages are 32-bit numbers on the wire; a greater one would name another message, or none. */
const MOST = 2_147_483_647;

export const messageId = z.int().min(1).max(MOST, "is no id of a message");
