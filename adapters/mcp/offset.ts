import { z } from "zod";
import { defined } from "./defined.js";
import { fitting, FRAME_CHARS } from "./fitting.js";

/** Where a list goes on that has no cursor. */
export const offset = z
  .int()
  .min(0)
  .max(100_000)
  .default(0)
  .describe("Skips so many: next_offset of an earlier answer with the same arguments.");

export const nextOffset = z.int().optional().describe("There are more: call again with it as offset.");

/** The part of a whole list that was asked for and has room. */
export function partOf<T>(
  all: readonly T[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  roomChars: number,
): { readonly shown: T[]; readonly next_offset?: number } {
  const { shown } = fitting(all.slice(offset, offset + limit), roomChars - FRAME_CHARS);
  const next = offset + shown.length;
  return defined({ shown, next_offset: next < all.length && shown.length > 0 ? next : undefined });
}
