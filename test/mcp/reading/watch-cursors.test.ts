import { expect, it } from "vitest";
import { WATCH_CURSOR, WatchCursors } from "../../../adapters/mcp/watch-cursors.js";

const long = (of: string): string => of.repeat(2000);

it("A short cursor is told as it is, a long one by a name that means it", () => {
  const cursors = new WatchCursors();
  expect(cursors.toShown("abc")).toBe("abc");
  expect(cursors.fromShown("abc")).toBe("abc");
  const shown = cursors.toShown(long("x"));
  expect(shown).toMatch(WATCH_CURSOR);
  expect(shown.length).toBeLessThan(30);
  expect(cursors.fromShown(shown)).toBe(long("x"));
  expect(new WatchCursors().fromShown(shown)).toBeUndefined();
});

it("The oldest of many are forgotten", () => {
  const cursors = new WatchCursors();
  const shown = Array.from({ length: 101 }, (_, index) => cursors.toShown(long(`${index}-`)));
  expect(cursors.fromShown(shown[0] ?? "")).toBeUndefined();
  expect(cursors.fromShown(shown[1] ?? "")).toBe(long("1-"));
});
