import { randomBytes } from "node:crypto";
import { damaged } from "./redis-errors.js";

/**
 * How a record lies in Redis: 20 characters that no other write ever has, the time of expiry or nothing, a line feed,
 * and the state as JSON. The mark tells two writes of the same state apart, and is all that a swap has to compare.
 */
export interface Stored {
  readonly json: string;
  readonly expiresAt: number;
}

const HANDLE_BYTES = 9;
const COUNTER_LENGTH = 8;
export const MARK_LENGTH = (HANDLE_BYTES * 4) / 3 + COUNTER_LENGTH;

/** Marks for one handle: its random part, and a number that only rises. */
export function markMaker(): () => string {
  const handle = randomBytes(HANDLE_BYTES).toString("base64url");
  let count = 0;
  return () => handle + (count++).toString(36).padStart(COUNTER_LENGTH, "0");
}

/** A record that is absent has the empty mark. */
export const markOf = (raw: string | undefined): string => raw?.slice(0, MARK_LENGTH) ?? "";

export const encode = (mark: string, { json, expiresAt }: Stored): string =>
  `${mark}${expiresAt === Infinity ? "" : expiresAt}\n${json}`;

export function decode(key: string, raw: string): Stored {
  const end = raw.indexOf("\n", MARK_LENGTH);
  const expiry = raw.slice(MARK_LENGTH, end);
  const expiresAt = expiry === "" ? Infinity : Number(expiry);
  if (end < MARK_LENGTH || Number.isNaN(expiresAt)) throw damaged(key);
  return { json: raw.slice(end + 1), expiresAt };
}

export function parseState(key: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged(key, cause);
  }
}
