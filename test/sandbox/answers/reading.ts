import { expect } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { OMAR, PETRA } from "../handlers/wire.js";
import { CLUB, groupId, NEWS, PAGE, written, type Scene } from "./stage.js";

const LIST = { offset_date: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 20, hash: 0n } as const;
const EMPTY = { _: "inputMessagesFilterEmpty" } as const;

const texts = (answer: Tl.Typemessages_Messages): string[] =>
  "messages" in answer ? answer.messages.flatMap((one) => (one._ === "message" ? [one.message] : [])) : [];

/** The list of chats, and who and what they are. */
export const chats: Scene = async ({ lina }) => {
  const all = await lina.ask("messages.getDialogs", LIST);
  expect("chats" in all && all.chats.map((chat) => ("title" in chat ? chat.title : ""))).toContain("Club");
  await lina.ask("messages.toggleDialogPin", {
    pinned: true,
    peer: { _: "inputDialogPeer", peer: lina.peer(CLUB) },
  });
  const pinned = await lina.ask("messages.getPinnedDialogs", { folder_id: 0 });
  expect(pinned.dialogs).toMatchObject([{ _: "dialog", pinned: true }]);
  const peers = [{ _: "inputDialogPeer", peer: lina.peer(CLUB) } as const];
  expect((await lina.ask("messages.getPeerDialogs", { peers })).dialogs).toHaveLength(1);
  const channel = lina.channel(CLUB);
  expect((await lina.ask("channels.getChannels", { id: [channel] })).chats).toMatchObject([{ title: "Club" }]);
  const family = groupId(lina, "Family");
  expect((await lina.ask("messages.getChats", { id: [family] })).chats).toMatchObject([{ title: "Family" }]);
  expect((await lina.ask("channels.getFullChannel", { channel })).full_chat._).toBe("channelFull");
  expect((await lina.ask("messages.getFullChat", { chat_id: family })).full_chat._).toBe("chatFull");
  const filter = { _: "channelParticipantsRecent" } as const;
  const members = await lina.ask("channels.getParticipants", { channel, filter, offset: 0, limit: 9, hash: 0n });
  expect(members).toMatchObject({ _: "channels.channelParticipants", count: 4 });
  const one = await lina.ask("channels.getParticipant", { channel, participant: lina.peer("@omar_test") });
  expect(one.participant).toMatchObject({ _: "channelParticipant", user_id: BigInt(OMAR) });
  expect(await lina.ask("users.getUsers", { id: [lina.user(PETRA)] })).toMatchObject([{ first_name: "Petra" }]);
  expect((await lina.ask("users.getFullUser", { id: lina.user(OMAR) })).full_user.id).toBe(BigInt(OMAR));
  const common = await lina.ask("messages.getCommonChats", { user_id: lina.user(OMAR), max_id: 0n, limit: 20 });
  expect(common.chats.length).toBeGreaterThan(2);
  const found = await lina.ask("contacts.search", { q: "omar", limit: 5 });
  expect(found.my_results).toMatchObject([{ user_id: BigInt(OMAR) }]);
  expect((await lina.ask("channels.getAdminedPublicChannels", {})).chats.length).toBeGreaterThan(1);
};

/** What was written, by place, by id, by word and by thread. */
export const messages: Scene = async ({ lina, omar, sandbox }) => {
  const peer = lina.peer(CLUB);
  const channel = lina.channel(CLUB);
  expect(texts(await lina.ask("messages.getHistory", { peer, ...PAGE }))).toContain("Welcome");
  const id = [{ _: "inputMessageID", id: 2 } as const];
  expect(await lina.ask("channels.getMessages", { channel, id })).toMatchObject({ messages: [{ message: "Welcome" }] });
  expect(texts(await lina.ask("messages.getMessages", { id: [{ _: "inputMessageID", id: 2 }] }))).toHaveLength(1);
  const search = { q: "hello", filter: EMPTY, min_date: 0, max_date: 0, ...PAGE };
  expect(texts(await lina.ask("messages.search", { peer, ...search }))).toEqual(["Hello @lina_test"]);
  const counters = await lina.ask("messages.getSearchCounters", { peer, filters: [EMPTY] });
  expect(counters).toMatchObject([{ _: "messages.searchCounter", filter: EMPTY }]);
  const offset = { offset_rate: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 5 } as const;
  const wanted = { q: "dinner", filter: EMPTY, min_date: 0, max_date: 0, ...offset };
  expect(texts(await lina.ask("messages.searchGlobal", wanted))).toEqual(["Dinner?"]);
  await written(omar, CLUB, "Indeed", { reply_to: { _: "inputReplyToMessage", reply_to_msg_id: 2 } });
  expect(texts(await lina.ask("messages.getReplies", { peer, msg_id: 2, ...PAGE }))).toEqual(["Indeed"]);
  const post = sandbox.world.post("@journal_test", { text: "Second" });
  const journal = lina.peer("@journal_test");
  const discussion = await lina.ask("messages.getDiscussionMessage", { peer: journal, msg_id: post });
  expect(discussion.messages).toMatchObject([{ message: "Second" }]);
  const views = await omar.ask("messages.getMessagesViews", { peer: omar.peer(NEWS), id: [2], increment: true });
  expect(views.views).toMatchObject([{ views: 2 }]);
};

/** What has been read, by whom and when. */
export const reading: Scene = async ({ lina, omar }) => {
  const question = await written(lina, "@omar_test", "Read this");
  const back = omar.peer("@lina_test");
  expect((await omar.ask("messages.readHistory", { peer: back, max_id: 0 })).pts_count).toBe(1);
  const read = await lina.ask("messages.getOutboxReadDate", { peer: lina.peer("@omar_test"), msg_id: question });
  expect(read.date).toBeGreaterThan(1_700_000_000);
  const asked = await written(lina, CLUB, "And this, @omar_test");
  const channel = omar.channel(CLUB);
  const mentions = await omar.ask("messages.getUnreadMentions", { peer: omar.peer(CLUB), ...PAGE });
  expect(texts(mentions)).toEqual(["And this, @omar_test"]);
  expect(await omar.ask("channels.readMessageContents", { channel, id: [asked] })).toBe(true);
  expect((await omar.ask("messages.readMentions", { peer: omar.peer(CLUB) })).offset).toBe(0);
  expect(await omar.ask("channels.readHistory", { channel, max_id: 0 })).toBe(true);
  const readers = await lina.ask("messages.getMessageReadParticipants", { peer: lina.peer(CLUB), msg_id: asked });
  expect(readers).toMatchObject([{ _: "readParticipantDate", user_id: BigInt(OMAR) }]);
  const own = await omar.ask("messages.readMessageContents", { id: [1] });
  expect(own._).toBe("messages.affectedMessages");
  const chat = { _: "inputDialogPeer", peer: lina.peer(CLUB) } as const;
  await lina.ask("messages.markDialogUnread", { unread: true, peer: chat });
  const marks = await lina.ask("messages.getDialogUnreadMarks", {});
  expect(marks).toMatchObject([{ _: "dialogPeer", peer: { _: "peerChannel" } }]);
  expect(await lina.ask("messages.setTyping", { peer: lina.peer(CLUB), action: typing })).toBe(true);
  expect((await lina.ask("messages.getOnlines", { peer: lina.peer(CLUB) })).onlines).toBe(1);
};

const typing = { _: "sendMessageTypingAction" } as const;

/** What happened since, and an export of everything. */
export const catchingUp: Scene = async ({ lina, omar }) => {
  const before = await lina.ask("updates.getState", {});
  await written(omar, "@lina_test", "Are you there?");
  const { pts, date, qts } = before;
  const missed = await lina.ask("updates.getDifference", { pts, date, qts });
  expect(missed).toMatchObject({ _: "updates.difference", new_messages: [{ message: "Are you there?" }] });
  await written(omar, CLUB, "And here?");
  const filter = { _: "channelMessagesFilterEmpty" } as const;
  const channel = lina.channel(CLUB);
  const here = await lina.ask("updates.getChannelDifference", { channel, filter, pts: 1, limit: 100 });
  expect(here).toMatchObject({ _: "updates.channelDifference" });
  const { id } = await lina.ask("account.initTakeoutSession", { contacts: true, message_users: true });
  expect(await lina.within(id, "messages.getSplitRanges", {})).toMatchObject([{ min_id: 1 }]);
  expect(await lina.within(id, "contacts.getSaved", {})).toMatchObject([{ first_name: "Omar" }]);
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  const theirs = await omar.ask("account.initTakeoutSession", {});
  expect(await omar.within(theirs.id, "channels.getLeftChannels", { offset: 0 })).toMatchObject({
    chats: [{ title: "Club", left: true }],
  });
  expect(await lina.within(id, "account.finishTakeoutSession", { success: true })).toBe(true);
};
