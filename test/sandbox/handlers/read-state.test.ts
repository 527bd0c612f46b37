import { expect, test } from "vitest";
import { LINA, OMAR, openLine, pair, type Wired } from "./wire.js";

const CLUB = "@club_test";
let random = 100n;
const write = (who: Wired, chat: string, message: string, more: object = {}) =>
  who.ask("messages.sendMessage", { peer: who.peer(chat), message, random_id: random++, ...more });

async function dialog(who: Wired, chat: string) {
  const { dialogs } = await who.ask("messages.getPeerDialogs", {
    peers: [{ _: "inputDialogPeer", peer: who.peer(chat) }],
  });
  const [found] = dialogs;
  if (found?._ !== "dialog") throw new Error("no dialog");
  return found;
}

test("the other one hears that his message was read, and may ask when", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const sent = await write(lina, "@omar_test", "Seen this?");
  const id = "id" in sent ? sent.id : 0;
  await omar.hears();
  const when = { peer: lina.peer("@omar_test"), msg_id: id };
  expect(await lina.refused("messages.getOutboxReadDate", when)).toBe("MESSAGE_NOT_READ_YET");
  await omar.ask("messages.readHistory", { peer: omar.peer("@lina_test"), max_id: 0 });
  expect(await lina.hears()).toMatchObject([{ _: "updateReadHistoryOutbox", max_id: id }]);
  const { date } = await lina.ask("messages.getOutboxReadDate", when);
  expect(Math.abs(date - Date.now() / 1000)).toBeLessThan(60);
  line.sandbox.world.setPrivacy(OMAR, { lastSeen: "nobody" });
  expect(await lina.refused("messages.getOutboxReadDate", when)).toBe("USER_PRIVACY_RESTRICTED");
  line.sandbox.world.setPrivacy(OMAR, { lastSeen: "everybody" });
  line.sandbox.world.setPrivacy(LINA, { lastSeen: "nobody" });
  expect(await lina.refused("messages.getOutboxReadDate", when)).toBe("YOUR_PRIVACY_RESTRICTED");
});

test("in groups, too, writers hear that somebody has read it, and who", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await write(lina, "Family", "At eight");
  await omar.hears();
  await omar.ask("messages.readHistory", { peer: omar.peer("Family"), max_id: 0 });
  expect(await lina.hears()).toMatchObject([{ _: "updateReadHistoryOutbox", peer: { _: "peerChat" } }]);
  await write(lina, CLUB, "At nine");
  await omar.hears();
  await omar.ask("channels.readHistory", { channel: omar.channel(CLUB), max_id: 0 });
  const top = line.sandbox.world.chat(CLUB).count;
  expect(await lina.hears()).toMatchObject([{ _: "updateReadChannelOutbox", max_id: top }]);
  const readers = await lina.ask("messages.getMessageReadParticipants", { peer: lina.peer(CLUB), msg_id: top });
  expect(readers).toMatchObject([{ user_id: BigInt(OMAR) }]);
  const person = { peer: lina.peer("@omar_test"), msg_id: 1 };
  expect(await lina.refused("messages.getMessageReadParticipants", person)).toBe("PEER_ID_INVALID");
});

test("mentions wait to be looked at: by name, and as answers", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await write(omar, CLUB, "Ping @Lina_Test");
  await write(omar, CLUB, "Not for you @omar_test");
  await write(omar, CLUB, "Thanks", { reply_to: { _: "inputReplyToMessage", reply_to_msg_id: 2 } });
  expect((await dialog(lina, CLUB)).unread_mentions_count).toBe(2);
  expect((await dialog(omar, CLUB)).unread_mentions_count).toBe(0);
  const peer = lina.peer(CLUB);
  const page = { peer, offset_id: 0, add_offset: 0, limit: 10, max_id: 0, min_id: 0 };
  const unread = await lina.ask("messages.getUnreadMentions", page);
  const found = "messages" in unread ? unread.messages : [];
  expect(found).toMatchObject([
    { message: "Thanks", mentioned: true },
    { message: "Ping @Lina_Test", mentioned: true },
  ]);
  const [last] = found;
  expect(await lina.ask("channels.readMessageContents", { channel: lina.channel(CLUB), id: [last?.id ?? 0] })).toBe(
    true,
  );
  expect((await dialog(lina, CLUB)).unread_mentions_count).toBe(1);
  await lina.ask("messages.readMentions", { peer });
  expect((await dialog(lina, CLUB)).unread_mentions_count).toBe(0);
});

test("looking at a post counts once for every account", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const look = async (who: Wired, increment = true) => {
    const { views } = await who.ask("messages.getMessagesViews", { peer: who.peer("@news_test"), id: [2], increment });
    return views[0]?.views;
  };
  expect(await look(lina, false)).toBe(1);
  expect(await look(lina)).toBe(2);
  expect(await omar.hears()).toMatchObject([{ _: "updateChannelMessageViews", id: 2, views: 2 }]);
  expect(await look(lina)).toBe(2);
  expect(await look(omar)).toBe(3);
});

test("the list of chats is ordered: pins, archive, marks, sounds, folders", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const at = (chat: string) => ({ _: "inputDialogPeer", peer: lina.peer(chat) }) as const;
  await lina.ask("messages.toggleDialogPin", { peer: at(CLUB), pinned: true });
  await lina.ask("messages.toggleDialogPin", { peer: at("Family"), pinned: true });
  const pinned = async () => {
    const { dialogs } = await lina.ask("messages.getPinnedDialogs", { folder_id: 0 });
    return dialogs.map((one) => one.peer._);
  };
  expect(await pinned()).toEqual(["peerChat", "peerChannel"]);
  await lina.ask("messages.reorderPinnedDialogs", { folder_id: 0, order: [at(CLUB), at("Family")] });
  expect(await pinned()).toEqual(["peerChannel", "peerChat"]);
  await lina.ask("messages.markDialogUnread", { peer: at("@news_test"), unread: true });
  expect(await lina.ask("messages.getDialogUnreadMarks", {})).toHaveLength(1);
  expect((await dialog(lina, "@news_test")).unread_mark).toBe(true);
  const moved = { folder_peers: [{ _: "inputFolderPeer", peer: lina.peer("@news_test"), folder_id: 1 } as const] };
  await lina.ask("folders.editPeerFolders", moved);
  expect((await dialog(lina, "@news_test")).folder_id).toBe(1);
  const notify = { _: "inputNotifyPeer", peer: lina.peer(CLUB) } as const;
  const settings = { _: "inputPeerNotifySettings", mute_until: 2_000_000_000, silent: true } as const;
  await lina.ask("account.updateNotifySettings", { peer: notify, settings });
  expect(await lina.ask("account.getNotifySettings", { peer: notify })).toMatchObject({
    mute_until: 2_000_000_000,
    silent: true,
  });
  await lina.ask("account.resetNotifySettings", {});
  expect((await lina.ask("account.getNotifySettings", { peer: notify })).mute_until).toBeUndefined();
  const title = { _: "textWithEntities", text: "Groups", entities: [] } as const;
  const none = { pinned_peers: [], include_peers: [], exclude_peers: [] };
  const filter = { _: "dialogFilter", id: 7, title, groups: true, ...none } as const;
  await lina.ask("messages.updateDialogFilter", { id: 7, filter });
  const { filters } = await lina.ask("messages.getDialogFilters", {});
  expect(filters).toMatchObject([{ _: "dialogFilterDefault" }, { id: 7, title: { text: "Groups" }, groups: true }]);
  const empty = { ...filter, groups: undefined };
  expect(await lina.refused("messages.updateDialogFilter", { id: 8, filter: empty })).toBe("FILTER_INCLUDE_EMPTY");
  await lina.ask("messages.updateDialogFilter", { id: 7 });
  expect((await lina.ask("messages.getDialogFilters", {})).filters).toHaveLength(1);
});

test("reactions are listed with who gave them, and all pins go at once", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const reaction = [{ _: "reactionEmoji", emoticon: "🔥" } as const];
  await omar.ask("messages.sendReaction", { peer: omar.peer(CLUB), msg_id: 2, reaction });
  const list = await lina.ask("messages.getMessageReactionsList", { peer: lina.peer(CLUB), id: 2, limit: 10 });
  expect(list).toMatchObject({ count: 1, reactions: [{ peer_id: { user_id: BigInt(OMAR) } }] });
  const states = await lina.ask("messages.getMessagesReactions", { peer: lina.peer(CLUB), id: [2] });
  expect(states).toMatchObject({ updates: [{ _: "updateMessageReactions", msg_id: 2 }] });
  const post = { peer: lina.peer("@news_test"), id: 2, limit: 10 };
  expect(await lina.refused("messages.getMessageReactionsList", post)).toBe("BROADCAST_FORBIDDEN");
  const offered = await lina.ask("messages.getAvailableReactions", { hash: 0 });
  expect(offered._ === "messages.availableReactions" && offered.reactions.length).toBeGreaterThan(50);
  expect(await omar.refused("messages.unpinAllMessages", { peer: omar.peer(CLUB) })).toBe("CHAT_ADMIN_REQUIRED");
  expect(await lina.ask("messages.unpinAllMessages", { peer: lina.peer(CLUB) })).toMatchObject({
    pts_count: 1,
    offset: 0,
  });
  expect([...line.sandbox.world.chat(CLUB).messages()].some(({ pinned }) => pinned)).toBe(false);
});

test("who has deleted his last message for himself still hears that the one before was read", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const [first, last] = [await write(lina, "@omar_test", "One"), await write(lina, "@omar_test", "Two")];
  const idOf = (sent: typeof first): number => ("id" in sent ? sent.id : 0);
  await lina.ask("messages.deleteMessages", { id: [idOf(last)] });
  await omar.ask("messages.readHistory", { peer: omar.peer("@lina_test"), max_id: 0 });
  expect(await lina.hears()).toMatchObject([{ _: "updateReadHistoryOutbox", max_id: idOf(first) }]);
});
