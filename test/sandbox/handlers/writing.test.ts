import { expect, test } from "vitest";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { historyOf, idsIn, NOW, openSession, refusal, textTo, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const TOMAS = "Tomás Ferreira";

/** Both accounts of one demo world. */
function couple(): { readonly mira: Session; readonly tomas: Session } {
  const world = createWorld("demo", () => NOW);
  return { mira: openSession(world, "mira_halvorsen"), tomas: openSession(world, "9996625678") };
}

test("a message to a person is answered with its id and reaches the other side under another one", () => {
  const { mira, tomas } = couple();
  const sent = mira.ask(
    "messages.sendMessage",
    textTo(mira.peer(TOMAS), "  Bread is bought, see https://bread.example ", 1n),
  );
  if (sent._ !== "updateShortSentMessage") throw new Error(sent._);
  expect(sent.entities?.map((entity) => entity._)).toEqual(["messageEntityUrl"]);
  const mine = mira.ask("messages.getHistory", historyOf(mira.peer(TOMAS), { limit: 1 }));
  expect(idsIn(mine)).toEqual([sent.id]);
  const his = tomas.ask("messages.getHistory", historyOf(tomas.peer("Mira Halvorsen"), { limit: 1 }));
  if (his._ !== "messages.messagesSlice") throw new Error(his._);
  expect(his.messages[0]).toMatchObject({ message: "Bread is bought, see https://bread.example", out: undefined });
  expect(mira.pushed.map(({ account }) => account).sort()).toEqual([mira.me, tomas.me].sort());
});

test("a message to a supergroup comes back with its random id and the channel's pts", () => {
  const { mira, tomas } = couple();
  const before = mira.world.chat(WORK).count;
  const sent = mira.ask("messages.sendMessage", textTo(mira.peer(WORK), "Cake at four", 7n));
  if (sent._ !== "updates") throw new Error(sent._);
  expect(sent.updates.map((update) => update._)).toEqual([
    "updateMessageID",
    "updateReadChannelInbox",
    "updateNewChannelMessage",
  ]);
  expect(sent.updates[0]).toMatchObject({ id: before + 1, random_id: 7n });
  expect(mira.pushed.map(({ account }) => account)).toContain(tomas.me);
});

test("a random id is used once, whatever the chat", () => {
  const { mira } = couple();
  mira.ask("messages.sendMessage", textTo(mira.peer(WORK), "once", 5n));
  const again = () => mira.ask("messages.sendMessage", textTo({ _: "inputPeerSelf" }, "twice", 5n));
  expect(refusal(again)).toBe("500 RANDOM_ID_DUPLICATE");
  expect(refusal(() => mira.ask("messages.sendMessage", textTo({ _: "inputPeerSelf" }, "", 6n)))).toBe(
    "400 MESSAGE_EMPTY",
  );
  expect(refusal(() => mira.ask("messages.sendMessage", textTo({ _: "inputPeerSelf" }, "x", 6n)))).toBe("ok");
});

test("text has a length, and writing needs the right", () => {
  const { mira, tomas } = couple();
  const send = (which: string, text: string, random: bigint) => () =>
    mira.ask("messages.sendMessage", textTo(mira.peer(which), text, random));
  expect(refusal(send(WORK, "x".repeat(4097), 1n))).toBe("400 MESSAGE_TOO_LONG");
  expect(refusal(send(WORK, "😀".repeat(2048), 2n))).toBe("ok");
  expect(refusal(send("@harbour_gazette", "hello", 3n))).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(send("@night_trains_eu", "hello", 4n))).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(send("Board & Budget", "hello", 5n))).toBe("400 CHANNEL_PRIVATE");
  const peer = { _: "inputPeerChat", chat_id: 4_210_301n } as const;
  expect(refusal(() => tomas.ask("messages.sendMessage", textTo(peer, "hello", 6n)))).toBe("400 PEER_ID_INVALID");
});

test("each member of a basic group has a copy with its own id, and an edit and a deletion reach them all", () => {
  const { mira, tomas } = couple();
  const family = mira.peer("Family 🏡");
  mira.ask("messages.sendMessage", textTo(family, "I am late", 1n));
  const newest = (session: Session) => {
    const answer = session.ask("messages.getHistory", historyOf(family, { limit: 1 }));
    const [message] = answer._ === "messages.messagesNotModified" ? [] : answer.messages;
    if (message?._ !== "message") throw new Error("no message");
    return message;
  };
  const [id, hisId] = [newest(mira).id, newest(tomas).id];
  expect(id).not.toBe(hisId);
  const edit = (message: string) => () =>
    mira.ask("messages.editMessage", { _: "messages.editMessage", peer: family, id, message });
  expect(refusal(edit("I am late"))).toBe("400 MESSAGE_NOT_MODIFIED");
  edit("I am late by an hour")();
  expect(newest(tomas)).toMatchObject({ id: hisId, message: "I am late by an hour", edit_date: NOW / 1000 });
  const steal = { _: "messages.editMessage", peer: family, id: hisId, message: "no" } as const;
  expect(refusal(() => tomas.ask("messages.editMessage", steal))).toBe("403 MESSAGE_AUTHOR_REQUIRED");
  const affected = mira.ask("messages.deleteMessages", {
    _: "messages.deleteMessages",
    id: [id, 99_999],
    revoke: true,
  });
  expect(affected.pts_count).toBe(1);
  expect(newest(tomas).id).not.toBe(hisId);
});

test("what happened since a pts is told, and nothing twice", () => {
  const { mira, tomas } = couple();
  const state = tomas.ask("updates.getState", { _: "updates.getState" });
  const since = (pts: number) =>
    tomas.ask("updates.getDifference", { _: "updates.getDifference", pts, date: 0, qts: 0 });
  expect(since(state.pts)._).toBe("updates.differenceEmpty");
  mira.ask("messages.sendMessage", textTo(mira.peer(TOMAS), "one", 1n));
  mira.ask("messages.sendMessage", textTo(mira.peer(TOMAS), "two", 2n));
  const told = since(state.pts);
  if (told._ !== "updates.difference") throw new Error(told._);
  expect(told.new_messages.map((message) => message._ === "message" && message.message)).toEqual(["one", "two"]);
  expect(since(told.state.pts)._).toBe("updates.differenceEmpty");
});

test("reading lowers the unread count and tells the writer", () => {
  const { mira, tomas } = couple();
  mira.ask("messages.sendMessage", textTo(mira.peer(TOMAS), "read me", 1n));
  const peer = tomas.peer("Mira Halvorsen");
  const unread = () => {
    const answer = tomas.ask("messages.getPeerDialogs", {
      _: "messages.getPeerDialogs",
      peers: [{ _: "inputDialogPeer", peer }],
    });
    return answer.dialogs[0]?._ === "dialog" ? answer.dialogs[0].unread_count : undefined;
  };
  expect(unread()).toBe(1);
  tomas.ask("messages.readHistory", { _: "messages.readHistory", peer, max_id: 0 });
  expect(unread()).toBe(0);
  const told = tomas.pushed.filter(({ account }) => account === mira.me).map(({ updates }) => updates);
  expect(told[0]?._ === "updates" && told[0].updates[0]?._).toBe("updateReadHistoryOutbox");
  const channel = tomas.inputChannel(WORK);
  expect(tomas.ask("channels.readHistory", { _: "channels.readHistory", channel, max_id: 0 })).toBe(true);
});

test("only authors and admins delete in a supergroup, and the ids are not given again", () => {
  const { mira, tomas } = couple();
  const remove = (session: Session, id: number) => () =>
    session.ask("channels.deleteMessages", {
      _: "channels.deleteMessages",
      channel: session.inputChannel(WORK),
      id: [id],
    });
  expect(refusal(remove(tomas, 420))).toBe("403 MESSAGE_DELETE_FORBIDDEN");
  expect(refusal(remove(mira, 420))).toBe("ok");
  mira.ask("messages.sendMessage", textTo(mira.peer(WORK), "next", 1n));
  expect([...mira.world.chat(WORK).messages()].at(-1)?.id).toBe(421);
});

test("typing is seen by the others", () => {
  const { mira, tomas } = couple();
  const action = { _: "sendMessageTypingAction" } as const;
  mira.ask("messages.setTyping", { _: "messages.setTyping", peer: mira.peer("Family 🏡"), action });
  expect(mira.pushed.map(({ account }) => account)).toEqual([tomas.me]);
});
