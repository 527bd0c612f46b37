import { expect } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { OMAR, PETRA, rights, type Wired } from "../handlers/wire.js";
import { CLUB, groupId, namesIn, NEWS, uploaded, type Scene } from "./stage.js";

const denials = (...names: readonly string[]): Tl.chatBannedRights => ({
  ...{ _: "chatBannedRights", until_date: 0 },
  ...Object.fromEntries(names.map((name) => [name, true])),
});

const newPicture = async (who: Wired) => ({ _: "inputChatUploadedPhoto", file: await uploaded(who) }) as const;

/** The action of the service message in an answer. */
function actionIn(updates: Tl.TypeUpdates): string | undefined {
  const all = "updates" in updates ? updates.updates : [];
  for (const update of all) {
    if (!("message" in update) || typeof update.message === "string") continue;
    if (update.message._ === "messageService") return update.message.action._;
  }
  return undefined;
}

/** Chats begin, become others and end. */
export const founding: Scene = async ({ lina }) => {
  const made = await lina.ask("messages.createChat", { title: "Trip", users: [lina.user(OMAR)] });
  expect(actionIn(made.updates)).toBe("messageActionChatCreate");
  const migrated = await lina.ask("messages.migrateChat", { chat_id: groupId(lina, "Trip") });
  expect(actionIn(migrated)).toBe("messageActionChatMigrateTo");
  const created = await lina.ask("channels.createChannel", { broadcast: true, title: "Letters", about: "" });
  expect(actionIn(created)).toBe("messageActionChannelCreate");
  const channel = lina.channel("Letters");
  expect(await lina.ask("channels.checkUsername", { channel, username: "letters_test" })).toBe(true);
  expect(await lina.ask("channels.updateUsername", { channel, username: "letters_test" })).toBe(true);
  expect((await lina.ask("channels.getGroupsForDiscussion", {})).chats).toContainEqual(
    expect.objectContaining({ title: "Club" }),
  );
  expect(await lina.ask("channels.setDiscussionGroup", { broadcast: channel, group: lina.channel(CLUB) })).toBe(true);
  expect(namesIn(await lina.ask("channels.deleteChannel", { channel }))).toEqual(["updateChannel"]);
  expect(await lina.ask("messages.deleteChat", { chat_id: groupId(lina, "Family") })).toBe(true);
};

/** How a chat is called, what it looks like, and what is allowed in it. */
export const appearance: Scene = async ({ lina }) => {
  const channel = lina.channel(CLUB);
  const peer = lina.peer(CLUB);
  const chat_id = groupId(lina, "Family");
  expect(actionIn(await lina.ask("channels.editTitle", { channel, title: "Readers" }))).toBe(
    "messageActionChatEditTitle",
  );
  const photo = await newPicture(lina);
  expect(actionIn(await lina.ask("channels.editPhoto", { channel, photo }))).toBe("messageActionChatEditPhoto");
  expect(actionIn(await lina.ask("messages.editChatTitle", { chat_id, title: "Clan" }))).toBe(
    "messageActionChatEditTitle",
  );
  const other = await newPicture(lina);
  expect(actionIn(await lina.ask("messages.editChatPhoto", { chat_id, photo: other }))).toBe(
    "messageActionChatEditPhoto",
  );
  expect(await lina.ask("messages.editChatAbout", { peer, about: "Books" })).toBe(true);
  const enabled = { channel, enabled: true };
  const changes = [
    await lina.ask("messages.toggleNoForwards", { peer, enabled: true }),
    await lina.ask("messages.setChatAvailableReactions", { peer, available_reactions: { _: "chatReactionsNone" } }),
    await lina.ask("channels.togglePreHistoryHidden", enabled),
    await lina.ask("channels.toggleParticipantsHidden", enabled),
    await lina.ask("channels.toggleJoinRequest", enabled),
    await lina.ask("channels.toggleSlowMode", { channel, seconds: 10 }),
  ];
  expect(changes.map(namesIn)).toEqual(changes.map(() => ["updateChannel"]));
  const signed = await lina.ask("channels.toggleSignatures", { channel: lina.channel(NEWS), signatures_enabled: true });
  expect(signed).toMatchObject({ chats: [{ title: "News", signatures: true }] });
  const link = await lina.ask("channels.exportMessageLink", { channel, id: 2 });
  expect(link.link).toBe("https://t.me/club_test/2");
  expect((await lina.ask("channels.getSendAs", { peer })).peers).toMatchObject([{ peer: { _: "peerUser" } }]);
};

/** Who is in a chat, and what they may do there. */
export const members: Scene = async ({ lina, omar }) => {
  const channel = lina.channel(CLUB);
  const chat_id = groupId(lina, "Family");
  const added = await lina.ask("messages.addChatUser", { chat_id, user_id: lina.user(PETRA), fwd_limit: 0 });
  expect(actionIn(added.updates)).toBe("messageActionChatAddUser");
  const removed = await lina.ask("messages.deleteChatUser", { chat_id, user_id: lina.user(PETRA) });
  expect(actionIn(removed)).toBe("messageActionChatDeleteUser");
  expect(await lina.ask("messages.editChatAdmin", { chat_id, user_id: lina.user(OMAR), is_admin: true })).toBe(true);
  const admin = { channel, user_id: lina.user(OMAR), admin_rights: rights("pin_messages"), rank: "Deputy" };
  expect((await lina.ask("channels.editAdmin", admin))._).toBe("updates");
  const peer = lina.peer(CLUB);
  const everybody = await lina.ask("messages.editChatDefaultBannedRights", {
    peer,
    banned_rights: denials("send_media"),
  });
  expect(namesIn(everybody)).toEqual(["updateChatDefaultBannedRights"]);
  const participant = { ...lina.user(PETRA), _: "inputPeerUser" } as const;
  const banned = await lina.ask("channels.editBanned", {
    channel,
    participant,
    banned_rights: denials("view_messages"),
  });
  expect(actionIn(banned)).toBe("messageActionChatDeleteUser");
  await lina.ask("channels.editBanned", { channel, participant, banned_rights: denials() });
  const invited = await lina.ask("channels.inviteToChannel", { channel, users: [lina.user(PETRA)] });
  expect(actionIn(invited.updates)).toBe("messageActionChatAddUser");
  const gone = await lina.ask("channels.deleteParticipantHistory", { channel, participant: lina.peer("@omar_test") });
  expect(gone).toMatchObject({ pts_count: 1, offset: 0 });
  const theirs = omar.channel(CLUB);
  expect(namesIn(await omar.ask("channels.leaveChannel", { channel: theirs }))).toEqual(["updateChannel"]);
  expect(actionIn(await omar.ask("channels.joinChannel", { channel: theirs }))).toBe("messageActionChatAddUser");
};

/** Links to join by, and those who come by them. */
export const links: Scene = async ({ lina, omar }) => {
  const peer = lina.peer(CLUB);
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  const made = await lina.ask("messages.exportChatInvite", { peer, title: "For friends" });
  if (made._ !== "chatInviteExported") throw new Error(made._);
  const { link } = made;
  const hash = link.split("+")[1] ?? "";
  const listed = await lina.ask("messages.getExportedChatInvites", { peer, admin_id: lina.user(lina.me), limit: 9 });
  expect(listed).toMatchObject({ count: 1, invites: [{ link }] });
  expect(await lina.ask("messages.getExportedChatInvite", { peer, link })).toMatchObject({ invite: { link } });
  const edited = await lina.ask("messages.editExportedChatInvite", {
    peer,
    link,
    usage_limit: 5,
    request_needed: true,
  });
  expect(edited).toMatchObject({ invite: { usage_limit: 5, request_needed: true } });
  expect(await omar.ask("messages.checkChatInvite", { hash })).toMatchObject({ _: "chatInvite", title: "Club" });
  expect(await omar.refused("messages.importChatInvite", { hash })).toBe("INVITE_REQUEST_SENT");
  const offset = { offset_date: 0, offset_user: { _: "inputUserEmpty" }, limit: 9 } as const;
  const waiting = await lina.ask("messages.getChatInviteImporters", { peer, requested: true, ...offset });
  expect(waiting).toMatchObject({ count: 1, importers: [{ user_id: BigInt(OMAR), requested: true }] });
  const settled = await lina.ask("messages.hideChatJoinRequest", { peer, user_id: lina.user(OMAR), approved: true });
  expect(actionIn(settled)).toBe("messageActionChatJoinedByRequest");
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  await lina.ask("messages.editExportedChatInvite", { peer, link, request_needed: false });
  expect(actionIn(await omar.ask("messages.importChatInvite", { hash }))).toBe("messageActionChatJoinedByLink");
  await lina.ask("messages.editExportedChatInvite", { peer, link, revoked: true });
  const admins = await lina.ask("messages.getAdminsWithInvites", { peer });
  expect(admins).toMatchObject({ admins: [{ invites_count: 0, revoked_invites_count: 1 }] });
  expect(await lina.ask("messages.deleteExportedChatInvite", { peer, link })).toBe(true);
  const own = { peer, admin_id: lina.user(lina.me) };
  expect(await lina.ask("messages.deleteRevokedExportedChatInvites", own)).toBe(true);
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  await lina.ask("channels.toggleJoinRequest", { channel: lina.channel(CLUB), enabled: true });
  expect(await omar.refused("channels.joinChannel", { channel: omar.channel(CLUB) })).toBe("INVITE_REQUEST_SENT");
  const all = await lina.ask("messages.hideAllChatJoinRequests", { peer, approved: true });
  expect(actionIn(all)).toBe("messageActionChatJoinedByRequest");
};

/** What admins can look up, and messages that vanish by themselves. */
export const lately: Scene = async ({ lina }) => {
  const channel = lina.channel(CLUB);
  await lina.ask("channels.editTitle", { channel, title: "Readers" });
  const log = await lina.ask("channels.getAdminLog", { channel, q: "", max_id: 0n, min_id: 0n, limit: 10 });
  expect(log.events).toMatchObject([{ action: { _: "channelAdminLogEventActionChangeTitle", new_value: "Readers" } }]);
  const vanishing = await lina.ask("messages.setHistoryTTL", { peer: lina.peer(CLUB), period: 86_400 });
  expect(namesIn(vanishing)).toEqual(["updatePeerHistoryTTL", "updateNewChannelMessage"]);
  expect(await lina.ask("messages.setDefaultHistoryTTL", { period: 86_400 })).toBe(true);
  expect((await lina.ask("messages.getDefaultHistoryTTL", {})).period).toBe(86_400);
};
