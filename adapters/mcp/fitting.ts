import { roomOf } from "./room.js";

/** Room for everything around a list. */
export const FRAME_CHARS = 1000;

/** As many of the first items as have room, and how many are left out. The first is always there. */
export function fitting<T>(items: readonly T[], roomChars: number): { readonly shown: T[]; readonly leftOut: number } {
  let room = roomChars;
  const end = items.findIndex((item, index) => (room -= roomOf(item) + 1) < 0 && index > 0);
  const shown = items.slice(0, end === -1 ? items.length : end);
  return { shown, leftOut: items.length - shown.length };
}
