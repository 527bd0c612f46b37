import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { encodeMosaic } from "../../../src/sandbox/world/mosaic-jpeg.js";
import { LINA, OMAR, openLine, pair, PETRA, rights, type Wired } from "./wire.js";

const CLUB = "@club_test";
const names = (updates: readonly Tl.TypeUpdate[]): string[] => updates.map(({ _ }) => _);
const denials = (...flags: readonly string[]): Tl.chatBannedRights => ({
  ...{ _: "chatBannedRights", until_date: 0 },
  ...Object.fromEntries(flags.map((flag) => [flag, true])),
});

function promote(who: Wired, id: number, admin_rights: Tl.chatAdminRights, rank = "") {
  return { channel: who.channel(CLUB), user_id: who.user(id), admin_rights, rank };
}

function chatIn(updates: Tl.TypeUpdates, name: Tl.TypeChat["_"]): Tl.TypeChat | undefined {
  return "chats" in updates ? updates.chats.find(({ _ }) => _ === name) : undefined;
}

test("admins are made, with a title and rights of their own, and unmade", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const member = () =>
    lina.ask("channels.getParticipant", { channel: lina.channel(CLUB), participant: lina.peer("@omar_test") });
  expect(await omar.refused("channels.editAdmin", promote(omar, PETRA, rights("ban_users")))).toBe(
    "CHAT_ADMIN_REQUIRED",
  );
  await lina.ask("channels.editAdmin", promote(lina, OMAR, rights("add_admins", "pin_messages"), "Deputy"));
  expect(names(await omar.hears())).toEqual(["updateChannel"]);
  expect((await member()).participant).toMatchObject({ _: "channelParticipantAdmin", rank: "Deputy" });
  expect(await omar.refused("channels.editAdmin", promote(omar, PETRA, rights("ban_users")))).toBe("RIGHT_FORBIDDEN");
  expect(await omar.refused("channels.editAdmin", promote(omar, PETRA, rights("pin_messages")))).toBe("ok");
  expect(await omar.refused("channels.editAdmin", promote(omar, LINA, rights()))).toBe("USER_CREATOR");
  const long = "x".repeat(17);
  expect(await lina.refused("channels.editAdmin", promote(lina, OMAR, rights("other"), long))).toBe(
    "ADMIN_RANK_INVALID",
  );
  expect(await lina.refused("channels.editAdmin", promote(lina, OMAR, rights("other"), "🐳"))).toBe(
    "ADMIN_RANK_EMOJI_NOT_ALLOWED",
  );
  await lina.ask("channels.editAdmin", promote(lina, OMAR, rights()));
  expect((await member()).participant._).toBe("channelParticipant");
});

test("whoever forbids invitations does not become an admin of where he is not", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  line.sandbox.world.setPrivacy(OMAR, { invitations: "nobody" });
  line.sandbox.world.kick(CLUB, OMAR);
  await lina.ask("channels.editBanned", {
    ...{ channel: lina.channel(CLUB), participant: lina.peer("@omar_test"), banned_rights: denials() },
  });
  expect(await lina.refused("channels.editAdmin", promote(lina, OMAR, rights("other")))).toBe(
    "USER_PRIVACY_RESTRICTED",
  );
});

test("what all members may do is set for a supergroup and for a group", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  for (const chat of [CLUB, "Family"]) {
    const request = (who: Wired, flag: string) => ({ peer: who.peer(chat), banned_rights: denials(flag) });
    const method = "messages.editChatDefaultBannedRights";
    expect(await omar.refused(method, request(omar, "send_messages"))).toBe("CHAT_ADMIN_REQUIRED");
    expect(await lina.refused(method, request(lina, "view_messages"))).toBe("BANNED_RIGHTS_INVALID");
    await lina.ask(method, request(lina, "send_messages"));
    expect(names(await omar.hears())).toEqual(["updateChatDefaultBannedRights"]);
    expect(await lina.refused(method, request(lina, "send_messages"))).toBe("CHAT_NOT_MODIFIED");
    const write = { peer: omar.peer(chat), message: "Hi", random_id: 9n };
    expect(await omar.refused("messages.sendMessage", write)).toBe("CHAT_WRITE_FORBIDDEN");
  }
});

test("admins of a basic group are made by its creator", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const family = lina.peer("Family");
  if (family._ !== "inputPeerChat") throw new Error("no group");
  const { chat_id } = family;
  const admin = { chat_id, user_id: lina.user(OMAR), is_admin: true };
  expect(await omar.refused("messages.editChatAdmin", { ...admin, user_id: omar.user(OMAR) })).toBe(
    "CHAT_ADMIN_REQUIRED",
  );
  await lina.ask("messages.editChatAdmin", admin);
  expect(await omar.hears()).toMatchObject([{ _: "updateChatParticipantAdmin", is_admin: true }]);
  expect(await lina.refused("messages.editChatAdmin", { ...admin, user_id: lina.user(PETRA) })).toBe(
    "USER_NOT_PARTICIPANT",
  );
});

test("slow mode takes the seconds that Telegram offers, and makes members wait", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const slow = (who: Wired, seconds: number) => ({ channel: who.channel(CLUB), seconds });
  expect(await omar.refused("channels.toggleSlowMode", slow(omar, 10))).toBe("CHAT_ADMIN_REQUIRED");
  expect(await lina.refused("channels.toggleSlowMode", slow(lina, 7))).toBe("SECONDS_INVALID");
  await lina.ask("channels.toggleSlowMode", slow(lina, 3600));
  expect(await lina.refused("channels.toggleSlowMode", slow(lina, 3600))).toBe("CHAT_NOT_MODIFIED");
  const write = (random_id: bigint) => ({ peer: omar.peer(CLUB), message: "Hi", random_id });
  expect(await omar.refused("messages.sendMessage", write(1n))).toBe("ok");
  expect(await omar.refused("messages.sendMessage", write(2n))).toMatch(/^SLOWMODE_WAIT_(3600|3599)$/);
});

test("title, description and picture of a chat change, with a message that says so", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const channel = lina.channel(CLUB);
  const peer = lina.peer(CLUB);
  expect(await omar.refused("channels.editTitle", { channel: omar.channel(CLUB), title: "Mine" })).toBe(
    "CHAT_ADMIN_REQUIRED",
  );
  expect(await lina.refused("channels.editTitle", { channel, title: "  " })).toBe("CHAT_TITLE_EMPTY");
  expect(await lina.refused("channels.editTitle", { channel, title: "Club" })).toBe("CHAT_NOT_MODIFIED");
  await lina.ask("channels.editTitle", { channel, title: "Reading club" });
  expect(await omar.hears()).toMatchObject([{ message: { action: { _: "messageActionChatEditTitle" } } }]);
  expect(await lina.refused("messages.editChatAbout", { peer, about: "x".repeat(256) })).toBe("CHAT_ABOUT_TOO_LONG");
  expect(await lina.ask("messages.editChatAbout", { peer, about: "Books" })).toBe(true);
  expect(await lina.refused("messages.editChatAbout", { peer, about: "Books" })).toBe("CHAT_ABOUT_NOT_MODIFIED");
  const jpeg = encodeMosaic(160, 160, () => [200, 30, 30]);
  await lina.ask("upload.saveFilePart", { file_id: 9n, file_part: 0, bytes: jpeg });
  const file = { _: "inputFile", id: 9n, parts: 1, name: "a.jpg", md5_checksum: "" } as const;
  await lina.ask("channels.editPhoto", { channel, photo: { _: "inputChatUploadedPhoto", file } });
  const [told] = await omar.hears();
  expect(told).toMatchObject({ message: { action: { _: "messageActionChatEditPhoto", photo: { _: "photo" } } } });
  const full = await omar.ask("channels.getFullChannel", { channel: omar.channel(CLUB) });
  expect(full.full_chat).toMatchObject({ about: "Books", chat_photo: { _: "photo" } });
  const shown = full.chats.find(({ _ }) => _ === "channel");
  const photo_id = shown?._ === "channel" && shown.photo._ === "chatPhoto" ? shown.photo.photo_id : 0n;
  const location = { _: "inputPeerPhotoFileLocation", peer: omar.peer(CLUB), photo_id, big: true } as const;
  const got = await omar.ask("upload.getFile", { location, offset: 0n, limit: 1024 * 1024 });
  expect(got._ === "upload.file" && Buffer.from(got.bytes).equals(Buffer.from(jpeg))).toBe(true);
  await lina.ask("channels.editPhoto", { channel, photo: { _: "inputChatPhotoEmpty" } });
  expect(await lina.refused("channels.editPhoto", { channel, photo: { _: "inputChatPhotoEmpty" } })).toBe(
    "CHAT_NOT_MODIFIED",
  );
});

test("a group is made, becomes a supergroup, and keeps what was written on both sides", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  line.sandbox.world.setPrivacy(PETRA, { invitations: "nobody" });
  const made = await lina.ask("messages.createChat", { title: "Trip", users: [lina.user(OMAR), lina.user(PETRA)] });
  expect(made.missing_invitees).toEqual([{ _: "missingInvitee", user_id: BigInt(PETRA) }]);
  expect(await omar.hears()).toMatchObject([
    { message: { action: { _: "messageActionChatCreate", users: [BigInt(OMAR)] } } },
  ]);
  expect(await lina.refused("messages.createChat", { title: "", users: [lina.user(OMAR)] })).toBe("CHAT_TITLE_EMPTY");
  expect(await lina.refused("messages.createChat", { title: "Alone", users: [] })).toBe("USERS_TOO_FEW");
  const trip = lina.peer("Trip");
  if (trip._ !== "inputPeerChat") throw new Error("no group");
  await lina.ask("messages.sendMessage", { peer: trip, message: "Where to?", random_id: 3n });
  expect(await omar.refused("messages.migrateChat", { chat_id: trip.chat_id })).toBe("CHAT_ADMIN_REQUIRED");
  const updates = await lina.ask("messages.migrateChat", { chat_id: trip.chat_id });
  const [old, fresh] = [chatIn(updates, "chat"), chatIn(updates, "channel")];
  if (old?._ !== "chat" || fresh?._ !== "channel") throw new Error("not both chats are told");
  expect(old).toMatchObject({ deactivated: true, migrated_to: { channel_id: fresh.id } });
  const write = { peer: trip, message: "Too late", random_id: 4n };
  expect(await lina.refused("messages.sendMessage", write)).toBe("PEER_ID_INVALID");
  const page = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 9, max_id: 0, min_id: 0, hash: 0n };
  const before = await lina.ask("messages.getHistory", { peer: trip, ...page });
  const texts = "messages" in before ? before.messages.map((one) => (one._ === "message" ? one.message : one._)) : [];
  expect(texts).toEqual(["messageService", "Where to?", "messageService"]);
  const input = { _: "inputChannel", channel_id: fresh.id, access_hash: fresh.access_hash ?? 0n } as const;
  const full = await lina.ask("channels.getFullChannel", { channel: input });
  const top = "messages" in before ? before.messages[0]?.id : 0;
  expect(full.full_chat).toMatchObject({ migrated_from_chat_id: trip.chat_id, migrated_from_max_id: top });
  const after = await lina.ask("messages.getHistory", { peer: { ...input, _: "inputPeerChannel" }, ...page });
  expect(after).toMatchObject({ messages: [{ action: { _: "messageActionChannelMigrateFrom", title: "Trip" } }] });
});

test("supergroups, forums and channels are made and deleted", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const make = (fields: object) => lina.ask("channels.createChannel", { title: "New", about: "", ...fields });
  expect(chatIn(await make({ megagroup: true }), "channel")).toMatchObject({ megagroup: true, creator: true });
  expect(chatIn(await make({ broadcast: true }), "channel")).toMatchObject({ broadcast: true });
  expect(chatIn(await make({ megagroup: true, forum: true, title: "Forum" }), "channel")).toMatchObject({
    forum: true,
  });
  expect(await omar.refused("channels.deleteChannel", { channel: omar.channel(CLUB) })).toBe("CHAT_ADMIN_REQUIRED");
  const channel = lina.channel(CLUB);
  await lina.ask("channels.deleteChannel", { channel });
  expect(names(await omar.hears())).toEqual(["updateChannel"]);
  expect(await lina.refused("channels.getFullChannel", { channel })).toBe("CHANNEL_PRIVATE");
  const family = lina.peer("Family");
  if (family._ !== "inputPeerChat") throw new Error("no group");
  expect(await lina.ask("messages.deleteChat", { chat_id: family.chat_id })).toBe(true);
  expect(await lina.refused("messages.getFullChat", { chat_id: family.chat_id })).toBe("CHAT_ID_INVALID");
});

test("a channel gets a group for comments, and its posts are passed on into it", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const request = { broadcast: lina.channel("@news_test"), group: lina.channel(CLUB) };
  expect(await lina.refused("channels.setDiscussionGroup", { ...request, broadcast: request.group })).toBe(
    "BROADCAST_ID_INVALID",
  );
  expect((await lina.ask("channels.getGroupsForDiscussion", {})).chats).toMatchObject([{ title: "Club" }]);
  expect(await lina.ask("channels.setDiscussionGroup", request)).toBe(true);
  expect(await lina.refused("channels.setDiscussionGroup", request)).toBe("LINK_NOT_MODIFIED");
  const id = line.sandbox.world.post("@news_test", { text: "Bridge open" });
  const found = await lina.ask("messages.getDiscussionMessage", { peer: lina.peer("@news_test"), msg_id: id });
  expect(found.messages).toMatchObject([{ message: "Bridge open", fwd_from: { channel_post: id } }]);
});

test("who may see what: members, past, reactions and passing on", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const channel = lina.channel(CLUB);
  const peer = lina.peer(CLUB);
  await lina.ask("channels.toggleParticipantsHidden", { channel, enabled: true });
  const list = { filter: { _: "channelParticipantsRecent" }, offset: 0, limit: 9, hash: 0n } as const;
  expect(await omar.refused("channels.getParticipants", { channel: omar.channel(CLUB), ...list })).toBe(
    "CHAT_ADMIN_REQUIRED",
  );
  await lina.ask("messages.toggleNoForwards", { peer, enabled: true });
  const forward = { from_peer: omar.peer(CLUB), to_peer: omar.peer("@lina_test"), id: [2], random_id: [4n] };
  expect(await omar.refused("messages.forwardMessages", forward)).toBe("CHAT_FORWARDS_RESTRICTED");
  const some = { _: "chatReactionsSome", reactions: [{ _: "reactionEmoji", emoticon: "🔥" }] } as const;
  const custom = { ...some, reactions: [{ _: "reactionCustomEmoji", document_id: 5n }] } as const;
  await lina.ask("messages.setChatAvailableReactions", { peer, available_reactions: custom });
  const twice = await lina.refused("messages.setChatAvailableReactions", { peer, available_reactions: custom });
  expect(twice).toBe("CHAT_NOT_MODIFIED");
  await lina.ask("messages.setChatAvailableReactions", { peer, available_reactions: some });
  const react = (emoticon: string) => ({
    ...{ peer: omar.peer(CLUB), msg_id: 2, reaction: [{ _: "reactionEmoji", emoticon } as const] },
  });
  expect(await omar.refused("messages.sendReaction", react("👍"))).toBe("REACTION_INVALID");
  expect(await omar.refused("messages.sendReaction", react("🔥"))).toBe("ok");
  await lina.ask("channels.togglePreHistoryHidden", { channel, enabled: true });
  line.sandbox.world.kick(CLUB, OMAR);
  line.sandbox.world.admit(CLUB, OMAR);
  const page = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 9, max_id: 0, min_id: 0, hash: 0n };
  const seen = await omar.ask("messages.getHistory", { peer: omar.peer(CLUB), ...page });
  expect("messages" in seen ? seen.messages.map(({ _ }) => _) : []).toEqual(["messageService"]);
});

test("a basic group, too, changes its title and its picture", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const family = lina.peer("Family");
  if (family._ !== "inputPeerChat") throw new Error("no group");
  const { chat_id } = family;
  expect(await omar.refused("messages.editChatTitle", { chat_id, title: "Mine" })).toBe("CHAT_ADMIN_REQUIRED");
  await lina.ask("messages.editChatTitle", { chat_id, title: "The family" });
  expect(await omar.hears()).toMatchObject([{ message: { action: { title: "The family" } } }]);
  await lina.ask("upload.saveFilePart", { file_id: 8n, file_part: 0, bytes: encodeMosaic(80, 80, () => [9, 9, 9]) });
  const file = { _: "inputFile", id: 8n, parts: 1, name: "f.jpg", md5_checksum: "" } as const;
  await lina.ask("messages.editChatPhoto", { chat_id, photo: { _: "inputChatUploadedPhoto", file } });
  expect((await omar.ask("messages.getFullChat", { chat_id })).full_chat).toMatchObject({ chat_photo: { _: "photo" } });
});
