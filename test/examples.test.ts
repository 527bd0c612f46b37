import { afterEach, beforeEach, expect, it, vi } from "vitest";

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => {
    printed.push(words.map(String).join(" "));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** For an example that counts a day's messages: it names no time zone, so that it is the clock that goes by another time. */
function atNoon(): void {
  const now = Date.now.bind(Date);
  const aheadMs = new Date(now()).setUTCHours(12, 0, 0, 0) - now();
  vi.spyOn(Date, "now").mockImplementation(() => now() + aheadMs);
}

it("export-a-chat writes the newest messages and says what it cost", async () => {
  await import("../examples/export-a-chat.js");
  expect(printed).toEqual(["250 messages in 4 requests, 250 lines"]);
});

it("own-guard holds a write back until its hour has come, and the approval stays valid", async () => {
  await import("../examples/own-guard.js");
  expect(printed).toEqual(["at 22: Nothing is written outside office hours.", "at 9: sent as message 421"]);
});

it("any-function protects a function that has nothing to do with Telegram", async () => {
  await import("../examples/any-function.js");
  expect(printed).toEqual(["Oslo: fair", "weather waits 1500 ms", "Lima: fair", "3 requests, 1 flood wait"]);
});

it("watch-and-filter hears of every message with the word, also of those that got lost on the way", async () => {
  await import("../examples/watch-and-filter.js");
  expect(printed).toEqual([
    "Harbour Gazette 📰: Harbour bridge closed tonight",
    "Liv Halvorsen 🌻: At the harbour, I mean",
    "健太 中村: The harbour gauge is back",
  ]);
});

it("members-to-csv writes every member with a line of titles", async () => {
  await import("../examples/members-to-csv.js");
  expect(printed).toEqual([
    "id,username,first_name,last_name,phone,is_bot,is_verified,is_premium,is_deleted,status,role,rank,joined_date,invited_by",
    "9 of 9 members, 0 missing",
  ]);
});

it("weekly-digest tells of every group in which somebody wrote", async () => {
  await import("../examples/weekly-digest.js");
  expect(printed.length).toBeGreaterThan(2);
  for (const line of printed) expect(line).toMatch(/^".*": \d+ messages by \d+ people, most by .+$/);
});

it("notifier sends each notice once, keeps what the quota leaves over, and refuses every other text", async () => {
  atNoon();
  await import("../examples/notifier.js");
  expect(printed).toEqual([
    "sent as message 421",
    "sent before",
    "sent as message 422",
    "kept, as number 1: The day's quota of 2 messages to groups and channels has 0 left; nothing was sent.",
    expect.stringMatching(/^refused: .*A notice has the form/),
    "sent as message 424",
    "- backup: failed",
    "- disk: late, 3% left",
    "- backup: ok, 12 GB in 31 minutes",
    "- backup: ok, 12 GB in 31 minutes",
  ]);
});
