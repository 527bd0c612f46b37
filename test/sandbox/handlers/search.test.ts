import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { openSession, refusal, type Session } from "./asking.js";

const EMPTY = { _: "inputMessagesFilterEmpty" } as const;

const everywhere = (session: Session, window: Partial<Tl.messages_searchGlobalRequest>) =>
  session.ask("messages.searchGlobal", {
    _: "messages.searchGlobal",
    q: "the",
    filter: EMPTY,
    min_date: 0,
    max_date: 0,
    offset_rate: 0,
    offset_peer: { _: "inputPeerEmpty" },
    offset_id: 0,
    limit: 100,
    ...window,
  });

const messagesOf = (answer: Tl.Typemessages_Messages) =>
  answer._ === "messages.messagesNotModified" ? [] : answer.messages;

const keyOf = (message: Tl.TypeMessage) =>
  "peer_id" in message && message.peer_id
    ? `${Object.values(message.peer_id).map(String).join(":")}/${message.id}`
    : "";

function peerOf(session: Session, message: Tl.TypeMessage | undefined): Tl.TypeInputPeer {
  if (message?._ !== "message") throw new Error("no message");
  const [id] = Object.values(message.peer_id).filter((value): value is bigint => typeof value === "bigint");
  return session.peer(Number(id));
}

test("a search over all chats comes newest first and is followed page by page", () => {
  const session = openSession("demo");
  const all = messagesOf(everywhere(session, { limit: 100 })).map(keyOf);
  const paged: string[] = [];
  let window: Partial<Tl.messages_searchGlobalRequest> = {};
  while (paged.length < all.length) {
    const page = everywhere(session, { limit: 7, ...window });
    if (page._ !== "messages.messagesSlice") throw new Error(page._);
    expect(page.count).toBeGreaterThanOrEqual(all.length);
    paged.push(...page.messages.map(keyOf));
    const last = page.messages.at(-1);
    window = { offset_rate: page.next_rate ?? 0, offset_id: last?.id ?? 0, offset_peer: peerOf(session, last) };
  }
  expect(paged.slice(0, all.length)).toEqual(all);
  expect(new Set(paged).size).toBe(paged.length);
  const dates = messagesOf(everywhere(session, {})).map((message) => ("date" in message ? message.date : 0));
  expect(dates).toEqual([...dates].sort((a, b) => b - a));
});

test("a search over all chats can be kept to kinds of chats, kinds of messages and a time", () => {
  const session = openSession("demo");
  const kinds = (window: Partial<Tl.messages_searchGlobalRequest>) =>
    new Set(messagesOf(everywhere(session, window)).map((one) => ("peer_id" in one ? one.peer_id?._ : undefined)));
  expect(kinds({ users_only: true })).toEqual(new Set(["peerUser"]));
  expect(kinds({ groups_only: true, q: "a" })).toEqual(new Set(["peerChannel", "peerChat"]));
  const broadcast = messagesOf(everywhere(session, { broadcasts_only: true }));
  expect(broadcast.length).toBeGreaterThan(3);
  expect(broadcast.every((one) => one._ === "message" && one.post === true)).toBe(true);
  const photos = messagesOf(everywhere(session, { q: "", filter: { _: "inputMessagesFilterPhotos" } }));
  expect(photos.length).toBeGreaterThan(3);
  expect(photos.every((one) => one._ === "message" && one.media?._ === "messageMediaPhoto")).toBe(true);
  const from = Date.UTC(2025, 5, 14) / 1000;
  const late = messagesOf(everywhere(session, { min_date: from }));
  expect(late.length).toBeGreaterThan(0);
  expect(late.every((one) => "date" in one && one.date > from)).toBe(true);
  expect(refusal(() => everywhere(session, { q: " " }))).toBe("400 SEARCH_QUERY_EMPTY");
});

test("people and chats are found by their names, strangers by their usernames", () => {
  const session = openSession("demo");
  const find = (q: string) => session.ask("contacts.search", { _: "contacts.search", q, limit: 10 });
  expect(find("liv").my_results).toEqual([{ _: "peerUser", user_id: 6_210_400_303n }]);
  expect(find("harbour").my_results.length).toBeGreaterThan(1);
  const trains = find("night_tr");
  expect([trains.my_results.length, trains.results.length]).toEqual([0, 1]);
  expect(trains.chats).toHaveLength(1);
  expect(refusal(() => find("@"))).toBe("400 SEARCH_QUERY_EMPTY");
});

test("kinds of messages in a chat are counted", () => {
  const session = openSession("demo");
  const counters = session.ask("messages.getSearchCounters", {
    _: "messages.getSearchCounters",
    peer: session.peer("@wild_names"),
    filters: [{ _: "inputMessagesFilterDocument" }, { _: "inputMessagesFilterPhotos" }],
  });
  expect(counters.map(({ count }) => count)).toEqual([26, 0]);
});

test("chats in common are given page by page, those that hide their members left out", () => {
  const session = openSession("demo");
  const common = (limit: number, max_id = 0n) => {
    const answer = session.ask("messages.getCommonChats", {
      _: "messages.getCommonChats",
      user_id: session.inputUser(6_210_400_303),
      max_id,
      limit,
    });
    return answer.chats.map(({ id }) => id);
  };
  const all = common(100);
  expect(all).toHaveLength(4);
  expect([...common(2), ...common(100, common(2).at(-1))]).toEqual(all);
  expect(all).not.toContain(1_650_200_025n);
});
