import { expect, test } from "vitest";
import { dialogsFrom, historyOf, idsIn, openSession, refusal, type Session } from "./asking.js";

const WORK = "@tidewater_lab";

test("every dialog, history and member list of the demo world can be sent over the wire", () => {
  for (const account of openSession("demo").world.accounts) {
    const session = openSession("demo", account.id);
    const answer = session.ask("messages.getDialogs", dialogsFrom());
    if (answer._ !== "messages.dialogs") throw new Error("expected all dialogs at once");
    expect(answer.dialogs.length).toBeGreaterThan(5);
    expect(answer.messages.length).toBe(answer.dialogs.length);
    for (const chat of session.world.chats()) {
      if (chat.kind === "user" || [-1_001_650_200_012, -1_001_650_200_011].includes(chat.id)) continue;
      if (chat.kind === "group" && account.username === undefined) continue;
      const page = session.ask("messages.getHistory", historyOf(session.peer(session.world.chat(chat.id).peer.id)));
      expect(idsIn(page).length).toBeGreaterThan(0);
    }
    session.ask("channels.getFullChannel", { _: "channels.getFullChannel", channel: session.inputChannel(WORK) });
    session.ask("users.getFullUser", { _: "users.getFullUser", id: { _: "inputUserSelf" } });
    session.ask("contacts.getContacts", { _: "contacts.getContacts", hash: 0n });
    session.ask("help.getConfig", { _: "help.getConfig" });
    session.ask("updates.getState", { _: "updates.getState" });
  }
});

test("a history is read page by page, newest first, without gap or repetition", () => {
  const session = openSession("demo");
  const seen: number[] = [];
  for (let offset_id = 0; ;) {
    const page = session.ask("messages.getHistory", historyOf(session.peer(WORK), { offset_id }));
    if (page._ !== "messages.channelMessages") throw new Error(page._);
    expect(page.count).toBe(420);
    const ids = idsIn(page);
    if (ids.length === 0) break;
    seen.push(...ids);
    offset_id = ids.at(-1) ?? 0;
  }
  expect(seen).toEqual([...session.world.chat(WORK).messages()].map((message) => message.id).reverse());
});

test("offsets work as described at core.telegram.org/api/offsets", () => {
  const session = openSession({ generated: { messages: 1000, participants: 10 } });
  const ids = (window: Parameters<typeof historyOf>[1]) =>
    idsIn(session.ask("messages.getHistory", historyOf(session.peer("@generated"), window)));
  expect(ids({ limit: 3 })).toEqual([1000, 999, 998]);
  expect(ids({ limit: 1000 })).toHaveLength(100);
  expect(ids({ offset_id: 500, limit: 3 })).toEqual([499, 498, 497]);
  expect(ids({ offset_id: 500, add_offset: -3, limit: 3 })).toEqual([502, 501, 500]);
  expect(ids({ offset_id: 500, add_offset: -2, limit: 4 })).toEqual([501, 500, 499, 498]);
  expect(ids({ offset_id: 999, add_offset: -100, limit: 100 })).toEqual([1000, 999]);
  expect(ids({ offset_id: 500, add_offset: 10, limit: 2 })).toEqual([489, 488]);
  expect(ids({ max_id: 10, limit: 2 })).toEqual([9, 8]);
  expect(ids({ offset_id: 10, min_id: 7, limit: 10 })).toEqual([9, 8]);
  const date = session.world.chat("@generated").byId(700)?.date ?? 0;
  expect(ids({ offset_date: date, limit: 2 })).toEqual([699, 698]);
});

test("dialogs are paged by the last message of the page before, pinned ones first", () => {
  const session = openSession("demo");
  const all = session.ask("messages.getDialogs", dialogsFrom());
  if (all._ === "messages.dialogsNotModified") throw new Error(all._);
  const collected: unknown[] = [];
  let window = {};
  for (;;) {
    const page = session.ask("messages.getDialogs", dialogsFrom({ limit: 4, ...window }));
    if (page._ !== "messages.dialogsSlice") throw new Error(page._);
    expect(page.count).toBe(all.dialogs.length);
    if (page.dialogs.length === 0) break;
    collected.push(...page.dialogs.map((dialog) => dialog.peer));
    window = offsetAfter(session, page.messages.at(-1), page.dialogs.at(-1)?.peer);
  }
  expect(collected).toEqual(all.dialogs.map((dialog) => dialog.peer));
  expect(all.dialogs.slice(0, 3).map((dialog) => dialog._ === "dialog" && dialog.pinned)).toEqual([
    true,
    true,
    undefined,
  ]);
});

function offsetAfter(session: Session, message: unknown, peer: unknown) {
  const last = message;
  if (typeof last !== "object" || last === null || !("date" in last) || !("id" in last)) throw new Error("no message");
  if (typeof peer !== "object" || peer === null) throw new Error("no peer");
  const [id] = Object.values(peer).filter((value) => typeof value === "bigint");
  return { offset_date: Number(last.date), offset_id: Number(last.id), offset_peer: session.peer(Number(id)) };
}

test("messages are found by id, and a missing one is an empty place", () => {
  const session = openSession("demo");
  const id = [10, 9999].map((one) => ({ _: "inputMessageID" as const, id: one }));
  const found = session.ask("channels.getMessages", {
    _: "channels.getMessages",
    channel: session.inputChannel(WORK),
    id,
  });
  if (found._ !== "messages.channelMessages") throw new Error(found._);
  expect(found.messages.map((message) => message._)).toEqual(["message", "messageEmpty"]);
  const mine = session.ask("messages.getMessages", { _: "messages.getMessages", id });
  expect(idsIn(mine)).toEqual([10, 9999]);
});

test("members are listed to the end, searched and looked up", () => {
  const session = openSession({ generated: { messages: 1, participants: 450 } });
  const channel = session.inputChannel("@generated");
  const list = (filter: Parameters<typeof request>[0], offset: number) => {
    const answer = session.ask("channels.getParticipants", request(filter, offset));
    if (answer._ !== "channels.channelParticipants") throw new Error(answer._);
    return answer;
  };
  type Filter = "channelParticipantsRecent" | "channelParticipantsAdmins";
  const request = (filter: Filter, offset: number) =>
    ({ _: "channels.getParticipants", channel, filter: { _: filter }, offset, limit: 1000, hash: 0n }) as const;
  const recent = [0, 200, 400, 600].map((offset) => list("channelParticipantsRecent", offset));
  expect(recent.map((page) => page.participants.length)).toEqual([200, 200, 50, 0]);
  expect(recent.map((page) => page.count)).toEqual([450, 450, 450, 450]);
  expect(new Set(recent.flatMap((page) => page.users.map((user) => user.id))).size).toBe(450);
  expect(list("channelParticipantsAdmins", 0).participants.map((one) => one._)).toEqual([
    "channelParticipantCreator",
    "channelParticipantAdmin",
    "channelParticipantAdmin",
    "channelParticipantAdmin",
  ]);
  const participant = { _: "inputPeerSelf" } as const;
  const self = session.ask("channels.getParticipant", { _: "channels.getParticipant", channel, participant });
  expect(self.participant._).toBe("channelParticipantSelf");
});

test("a search finds words, senders and kinds of media", () => {
  const session = openSession("demo");
  const base = { _: "messages.search", min_date: 0, max_date: 0, offset_id: 0, add_offset: 0, limit: 100 } as const;
  const search = (q: string, filter: "Empty" | "Photos" | "Document" | "Pinned") =>
    idsIn(
      session.ask("messages.search", {
        ...base,
        ...{ peer: session.peer(WORK), q, max_id: 0, min_id: 0, hash: 0n },
        filter: { _: `inputMessagesFilter${filter}` },
      }),
    );
  const world = session.world.chat(WORK);
  expect(search("CAPTAIN", "Empty").map((id) => world.byId(id)?.text)).toEqual(
    [...world.messages()]
      .filter(({ text }) => /captain/i.test(text))
      .map(({ text }) => text)
      .reverse(),
  );
  expect(search("", "Photos").length).toBeGreaterThan(1);
  expect(search("", "Document").length).toBeGreaterThan(1);
  expect(search("", "Pinned")).toHaveLength(1);
});

test("a file comes in parts, and the parts are the file", () => {
  const session = openSession("demo");
  const seen = [...session.world.chat(WORK).messages()].find((message) => message.media?.kind === "document");
  const page = session.ask("channels.getMessages", {
    _: "channels.getMessages",
    channel: session.inputChannel(WORK),
    id: [{ _: "inputMessageID", id: seen?.id ?? 0 }],
  });
  const [message] = page._ === "messages.channelMessages" ? page.messages : [];
  const media = message?._ === "message" ? message.media : undefined;
  const document = media?._ === "messageMediaDocument" ? media.document : undefined;
  if (document?._ !== "document") throw new Error("no document");
  const { id, access_hash, file_reference } = document;
  const location = { _: "inputDocumentFileLocation", id, access_hash, file_reference, thumb_size: "" } as const;
  const part = (offset: number, limit: number) =>
    session.ask("upload.getFile", { _: "upload.getFile", location, offset: BigInt(offset), limit });
  let size = 0;
  for (let offset = 0; ; offset += 65_536) {
    const answer = part(offset, 65_536);
    if (answer._ !== "upload.file") throw new Error(answer._);
    size += answer.bytes.length;
    if (answer.bytes.length < 65_536) break;
  }
  expect(size).toBe(Number(document.size));
  expect(refusal(() => part(1, 4096))).toBe("400 OFFSET_INVALID");
  expect(refusal(() => part(0, 1000))).toBe("400 LIMIT_INVALID");
});

test("names are resolved, and what is closed says so", () => {
  const session = openSession("demo");
  const resolve = (username: string) =>
    session.ask("contacts.resolveUsername", { _: "contacts.resolveUsername", username });
  expect(resolve("Tidewater_Lab").peer._).toBe("peerChannel");
  expect(resolve("old_town_market").chats[0]?._).toBe("channelForbidden");
  expect(refusal(() => resolve("nobody_here"))).toBe("400 USERNAME_NOT_OCCUPIED");
  expect(refusal(() => resolve("a"))).toBe("400 USERNAME_INVALID");
  const read = (which: string) => () => session.ask("messages.getHistory", historyOf(session.peer(which)));
  expect(refusal(read("@night_trains_eu"))).toBe("ok");
  expect(refusal(read("@old_town_market"))).toBe("400 CHANNEL_PRIVATE");
  expect(refusal(read("Board & Budget"))).toBe("400 CHANNEL_PRIVATE");
});

test("an access hash is good for one account only", () => {
  const [mira, tomas] = [openSession("demo"), openSession("demo", "9996625678")];
  expect(refusal(() => tomas.ask("messages.getHistory", historyOf(mira.peer(WORK))))).toBe("400 CHANNEL_INVALID");
  expect(refusal(() => tomas.ask("messages.getHistory", historyOf(mira.peer("Liv Halvorsen 🌻"))))).toBe(
    "400 PEER_ID_INVALID",
  );
  const id = mira.inputUser(777_000);
  expect(refusal(() => tomas.ask("users.getFullUser", { _: "users.getFullUser", id }))).toBe("400 USER_ID_INVALID");
});
