import { expect, test } from "vitest";
import { couple, historyOf, pushedTo, refusal, textTo, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const COUNCIL = "@harbour_council";
const FAMILY = { id: 4_210_300n, title: "Family 🏡" };
const RUTH = 6_210_400_801;
const WILMA = 6_210_400_601;
const KENTA = 6_210_400_402;
const JONAS = 6_210_400_401;
const GONE = 6_210_400_701;

const invite = (session: Session, which: string, ...users: number[]) =>
  session.ask("channels.inviteToChannel", {
    _: "channels.inviteToChannel",
    channel: session.inputChannel(which),
    users: users.map((id) => session.inputUser(id)),
  });

const ban = (session: Session, which: string, id: number, denied: object, until_date = 0) =>
  session.ask("channels.editBanned", {
    _: "channels.editBanned",
    channel: session.inputChannel(which),
    participant: { ...session.inputUser(id), _: "inputPeerUser" },
    banned_rights: { _: "chatBannedRights", until_date, ...denied },
  });

const leave = (session: Session, which: string) =>
  session.ask("channels.leaveChannel", { _: "channels.leaveChannel", channel: session.inputChannel(which) });

const joinChannel = (session: Session, which: string) =>
  session.ask("channels.joinChannel", { _: "channels.joinChannel", channel: session.inputChannel(which) });

const memberIds = (members: Iterable<{ readonly userId: number }>) => [...members].map(({ userId }) => userId);

test("whoever is invited is in, with a message that says so, and who forbids it is named as missing", () => {
  const { mira, tomas, open } = couple();
  open.setPrivacy("Wilma Petersen", { invitations: "nobody" });
  const answer = invite(mira, WORK, RUTH, WILMA, JONAS);
  expect(answer.missing_invitees).toEqual([{ _: "missingInvitee", user_id: BigInt(WILMA) }]);
  expect(memberIds(open.chat(WORK).members())).toContain(RUTH);
  expect(memberIds(open.chat(WORK).members())).not.toContain(WILMA);
  expect([...open.chat(WORK).messages()].at(-1)).toMatchObject({
    fromId: mira.me,
    action: { _: "messageActionChatAddUser", users: [BigInt(RUTH)] },
  });
  expect(pushedTo(mira, tomas.me).map(({ _ }) => _)).toEqual(["updateNewChannelMessage"]);
  const { count } = open.chat(WORK);
  expect(invite(mira, WORK, RUTH).missing_invitees).toEqual([]);
  expect(open.chat(WORK).count).toBe(count);
});

test("a contact lets himself be invited by contacts", () => {
  const { mira, tomas, open } = couple();
  const everyone = "@quayside_forum";
  open.setPrivacy(tomas.me, { invitations: "contacts" });
  leave(tomas, everyone);
  expect(invite(mira, everyone, tomas.me).missing_invitees).toEqual([]);
  leave(tomas, everyone);
  open.setContact(tomas.me, mira.me, false);
  expect(refusal(() => invite(mira, everyone, tomas.me))).toBe("403 USER_NOT_MUTUAL_CONTACT");
});

test("inviting needs the right, and some people cannot be invited", () => {
  const { mira, tomas, open } = couple();
  expect(refusal(() => invite(tomas, COUNCIL, RUTH))).toBe("403 CHAT_ADMIN_REQUIRED");
  expect(refusal(() => invite(mira, "@night_trains_eu", WILMA))).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(() => invite(tomas, "@harbour_gazette", JONAS))).toBe("403 CHAT_ADMIN_REQUIRED");
  expect(refusal(() => invite(mira, WORK, GONE))).toBe("400 INPUT_USER_DEACTIVATED");
  open.setRights(COUNCIL, mira.me, { admin: ["invite_users"] });
  expect(refusal(() => invite(mira, COUNCIL, KENTA))).toBe("400 USER_KICKED");
  open.limit(mira.me, { strangers: true });
  expect(refusal(() => invite(mira, WORK, RUTH))).toBe("400 PEER_FLOOD");
  expect(refusal(() => invite(mira, WORK, WILMA, RUTH))).toBe("400 PEER_FLOOD");
  expect(memberIds(open.chat(WORK).members())).not.toContain(WILMA);
});

test("who leaves a channel no longer has it in his list, and hears it in all his sessions", () => {
  const { mira, tomas, open } = couple();
  expect(refusal(() => leave(mira, WORK))).toBe("400 USER_CREATOR");
  leave(tomas, WORK);
  expect(memberIds(open.chat(WORK).members())).not.toContain(tomas.me);
  expect(pushedTo(tomas, tomas.me)).toEqual([{ _: "updateChannel", channel_id: 1_650_200_001n }]);
  expect(refusal(() => leave(tomas, WORK))).toBe("400 USER_NOT_PARTICIPANT");
  expect(refusal(() => tomas.ask("messages.sendMessage", textTo(tomas.peer(WORK), "x", 1n)))).toBe(
    "403 CHAT_WRITE_FORBIDDEN",
  );
  joinChannel(tomas, WORK);
  expect(refusal(() => joinChannel(tomas, WORK))).toBe("400 USER_ALREADY_PARTICIPANT");
  expect([...open.chat(WORK).messages()].at(-1)?.action).toMatchObject({ users: [BigInt(tomas.me)] });
  open.limitChannels(2);
  expect(refusal(() => joinChannel(tomas, "@night_trains_eu"))).toBe("400 CHANNELS_TOO_MUCH");
});

test("an admin bans, restricts and forgives; other admins are out of reach", () => {
  const { mira, tomas, open, clock } = couple();
  expect(refusal(() => ban(tomas, WORK, KENTA, { view_messages: true }))).toBe("403 CHAT_ADMIN_REQUIRED");
  ban(mira, WORK, tomas.me, { view_messages: true });
  expect(memberIds(open.chat(WORK).members())).not.toContain(tomas.me);
  expect(refusal(() => tomas.ask("messages.getHistory", historyOf(tomas.peer(WORK))))).toBe("400 CHANNEL_PRIVATE");
  expect(refusal(() => joinChannel(tomas, WORK))).toBe("400 CHANNEL_PRIVATE");
  ban(mira, WORK, tomas.me, {});
  expect(refusal(() => joinChannel(tomas, WORK))).toBe("ok");
  const until = clock.now / 1000 + 600;
  ban(mira, WORK, tomas.me, { send_photos: true, send_plain: true }, until);
  const write = (random: bigint) => () => tomas.ask("messages.sendMessage", textTo(tomas.peer(WORK), "hello", random));
  expect(refusal(write(1n))).toBe("403 CHAT_SEND_PLAIN_FORBIDDEN");
  clock.now += 600_000;
  expect(refusal(write(1n))).toBe("ok");
  open.setRights(COUNCIL, mira.me, { admin: ["ban_users"] });
  expect(refusal(() => ban(mira, COUNCIL, JONAS, { view_messages: true }))).toBe("400 USER_ADMIN_INVALID");
});

test("in a basic group everybody keeps what was there when he goes, and a newcomer is shown the past", () => {
  const { mira, tomas, open } = couple();
  const peer = { _: "inputPeerChat", chat_id: FAMILY.id } as const;
  const remove = (session: Session, id: number) => () =>
    session.ask("messages.deleteChatUser", {
      _: "messages.deleteChatUser",
      chat_id: FAMILY.id,
      user_id: session.inputUser(id),
    });
  expect(refusal(remove(mira, tomas.me))).toBe("400 CHAT_ADMIN_REQUIRED");
  remove(tomas, tomas.me)();
  expect(memberIds(open.chat(FAMILY.title).members())).not.toContain(tomas.me);
  expect(refusal(() => tomas.ask("messages.sendMessage", textTo(peer, "bye", 1n)))).toBe("403 CHAT_WRITE_FORBIDDEN");
  mira.ask("messages.sendMessage", textTo(peer, "he is gone", 2n));
  const newest = () => {
    const answer = tomas.ask("messages.getHistory", historyOf(peer, { limit: 3 }));
    if (answer._ === "messages.messagesNotModified") throw new Error(answer._);
    return answer.messages.map((message) => (message._ === "message" ? message.message : message._)).reverse();
  };
  expect(newest().at(-1)).toBe("messageService");
  const add = () =>
    mira.ask("messages.addChatUser", {
      _: "messages.addChatUser",
      chat_id: FAMILY.id,
      user_id: mira.inputUser(tomas.me),
      fwd_limit: 1,
    });
  add();
  expect(newest().slice(-2)).toEqual(["he is gone", "messageService"]);
  expect(refusal(add)).toBe("400 USER_ALREADY_PARTICIPANT");
});

test("a link leads in, once it is approved where that is asked for, and not for ever", () => {
  const { mira, open, clock } = couple();
  const board = "Board & Budget";
  const enter = (hash: string) => () => mira.ask("messages.importChatInvite", { _: "messages.importChatInvite", hash });
  const check = (hash: string) => mira.ask("messages.checkChatInvite", { _: "messages.checkChatInvite", hash });
  expect(refusal(enter(""))).toBe("400 INVITE_HASH_EMPTY");
  expect(refusal(enter("?"))).toBe("400 INVITE_HASH_INVALID");
  expect(refusal(enter("A".repeat(16)))).toBe("400 INVITE_HASH_EXPIRED");
  const short = open.invite(board, { expiresAt: clock.now / 1000 + 60 });
  expect(check(short)).toMatchObject({ _: "chatInvite", title: board, participants_count: 1, broadcast: true });
  clock.now += 60_000;
  expect(refusal(enter(short))).toBe("400 INVITE_HASH_EXPIRED");
  const asking = open.invite(board, { requestNeeded: true });
  expect(refusal(enter(asking))).toBe("400 INVITE_REQUEST_SENT");
  open.admit(board, mira.me);
  expect(refusal(enter(asking))).toBe("400 USER_ALREADY_PARTICIPANT");
  expect(check(asking)._).toBe("chatInviteAlready");
  leave(mira, board);
  const once = open.invite(board, { usageLimit: 1 });
  enter(once)();
  leave(mira, board);
  expect(refusal(enter(once))).toBe("400 INVITE_HASH_EXPIRED");
  const again = open.invite(board);
  open.admit(board, mira.me);
  open.kick(board, mira.me);
  expect(refusal(enter(again))).toBe("400 INVITE_HASH_EXPIRED");
});
