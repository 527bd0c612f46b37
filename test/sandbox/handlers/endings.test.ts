import { expect, test } from "vitest";
import { club, couple, historyOf, newestIn, refusal, textTo, type Session } from "./asking.js";
import { OMAR, PETRA } from "./wire.js";

const WORK = "@tidewater_lab";
const FAMILY = "Family 🏡";
const CLUB = "@club_test";

const leave = (session: Session, which: string) =>
  session.ask("channels.leaveChannel", { _: "channels.leaveChannel", channel: session.inputChannel(which) });

const enter = (session: Session, hash: string) => () =>
  session.ask("messages.importChatInvite", { _: "messages.importChatInvite", hash });

function linkTo(session: Session, which: string): string {
  const made = session.ask("messages.exportChatInvite", { _: "messages.exportChatInvite", peer: session.peer(which) });
  return made._ === "chatInviteExported" ? (made.link.split("+")[1] ?? "") : "";
}

const groupOf = (session: Session, which: string): bigint => {
  const peer = session.peer(which);
  if (peer._ !== "inputPeerChat") throw new Error(peer._);
  return peer.chat_id;
};

test("who has left a public supergroup changes nothing there any more", () => {
  const { tomas, open } = couple();
  const peer = tomas.peer(WORK);
  tomas.ask("messages.sendMessage", textTo(peer, "mine", 1n));
  const id = newestIn(tomas, peer);
  leave(tomas, WORK);
  const edit = () => tomas.ask("messages.editMessage", { _: "messages.editMessage", peer, id, message: "changed" });
  expect(refusal(edit)).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(open.chat(WORK).byId(id)?.text).toBe("mine");
});

test("who was taken out of a basic group neither changes nor erases what the others have", () => {
  const { mira, tomas, open } = couple();
  const peer = mira.peer(FAMILY);
  mira.ask("messages.sendMessage", textTo(peer, "mine", 1n));
  const id = newestIn(mira, peer);
  open.kick(FAMILY, mira.me);
  const edit = () => mira.ask("messages.editMessage", { _: "messages.editMessage", peer, id, message: "changed" });
  const erase = (revoke?: true) => () =>
    mira.ask("messages.deleteMessages", { _: "messages.deleteMessages", id: [id], ...(revoke ? { revoke } : {}) });
  expect(refusal(edit)).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(erase(true))).toBe("403 MESSAGE_DELETE_FORBIDDEN");
  expect(refusal(erase())).toBe("ok");
  const answer = tomas.ask("messages.getHistory", historyOf(peer));
  const texts = "messages" in answer ? answer.messages.map((one) => (one._ === "message" ? one.message : one._)) : [];
  expect(texts).toContain("mine");
});

test("what happens in a basic group is seen where it still arrives, whoever was taken out", () => {
  const { mira, tomas, open } = couple();
  open.kick(FAMILY, mira.me);
  const { count } = open.chat(FAMILY);
  const id = open.post(FAMILY, { from: tomas.me, text: "Still here" });
  expect(open.chat(FAMILY).byId(id)?.text).toBe("Still here");
  expect(open.chat(FAMILY).count).toBe(count + 1);
});

test("a link leads nowhere once its chat is deleted", () => {
  const { lina, omar, open } = club();
  open.kick("Family", OMAR);
  const [old, older] = [linkTo(lina, CLUB), linkTo(lina, "Family")];
  leave(omar, CLUB);
  const channel = lina.inputChannel(CLUB);
  const chat_id = groupOf(lina, "Family");
  lina.ask("channels.deleteChannel", { _: "channels.deleteChannel", channel });
  lina.ask("messages.deleteChat", { _: "messages.deleteChat", chat_id });
  expect(refusal(enter(omar, old))).toBe("400 INVITE_HASH_EXPIRED");
  expect(refusal(enter(omar, older))).toBe("400 INVITE_HASH_EXPIRED");
});

test("a channel whose group for comments is deleted has none", () => {
  const { lina } = club();
  const [broadcast, group] = [lina.inputChannel("@news_test"), lina.inputChannel(CLUB)];
  const shown = () => {
    const { chats } = lina.ask("channels.getChannels", { _: "channels.getChannels", id: [broadcast] });
    return chats.map((one) => one._ === "channel" && one.has_link === true);
  };
  lina.ask("channels.setDiscussionGroup", { _: "channels.setDiscussionGroup", broadcast, group });
  expect(shown()).toEqual([true]);
  lina.ask("channels.deleteChannel", { _: "channels.deleteChannel", channel: group });
  expect(shown()).toEqual([false]);
  const none = { _: "inputChannelEmpty" } as const;
  const unlink = () =>
    lina.ask("channels.setDiscussionGroup", { _: "channels.setDiscussionGroup", broadcast, group: none });
  expect(refusal(unlink)).toBe("400 LINK_NOT_MODIFIED");
});

test("nothing more happens in a basic group that has become a supergroup", () => {
  const { lina, omar, open } = club();
  const hash = linkTo(lina, "Family");
  const peer = lina.peer("Family");
  const chat_id = groupOf(lina, "Family");
  const id = newestIn(lina, peer);
  open.kick("Family", OMAR);
  lina.ask("messages.migrateChat", { _: "messages.migrateChat", chat_id });
  const there = newestIn(lina, peer);
  const user = (who: number) => ({ chat_id, user_id: lina.inputUser(who) });
  const add = () => lina.ask("messages.addChatUser", { _: "messages.addChatUser", ...user(PETRA), fwd_limit: 0 });
  const remove = () => lina.ask("messages.deleteChatUser", { _: "messages.deleteChatUser", ...user(lina.me) });
  const pin = () => lina.ask("messages.updatePinnedMessage", { _: "messages.updatePinnedMessage", peer, id });
  expect(refusal(add)).toBe("400 CHAT_ID_INVALID");
  expect(refusal(remove)).toBe("400 CHAT_ID_INVALID");
  expect(refusal(pin)).toBe("400 PEER_ID_INVALID");
  expect(refusal(enter(omar, hash))).toBe("400 INVITE_HASH_EXPIRED");
  expect(newestIn(lina, peer)).toBe(there);
});
