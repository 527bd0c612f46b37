import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { openWorld } from "../../../src/sandbox/open-world.js";
import { Logins } from "../../../src/sandbox/login/logins.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { club, historyOf, newestIn, NOW, openSession, textTo, type Session } from "./asking.js";

const CLUB = "@club_test";
const EMPTY = { _: "inputMessagesFilterEmpty" } as const;

const reactionsIn = (answer: Tl.Typemessages_Messages): number[] =>
  answer._ === "messages.messagesNotModified"
    ? []
    : answer.messages.map((one) => (one._ === "message" ? (one.reactions?.results.length ?? 0) : 0));

test("a search or a list of comments asked again shows its messages as they stand by now", () => {
  const { lina, omar, world } = club();
  const peer = lina.peer(CLUB);
  const top = newestIn(lina, peer);
  const reply_to = { _: "inputReplyToMessage", reply_to_msg_id: top } as const;
  lina.ask("messages.sendMessage", { ...textTo(peer, "a zebra", 1n), reply_to });
  const id = newestIn(lina, peer);
  const here: Tl.messages_searchRequest = {
    ...historyOf(peer),
    ...{ _: "messages.search", q: "zebra", filter: EMPTY, min_date: 0, max_date: 0 },
  };
  const offset_peer = { _: "inputPeerEmpty" } as const;
  const everywhere: Tl.messages_searchGlobalRequest = {
    ...{ _: "messages.searchGlobal", q: "zebra", filter: EMPTY, min_date: 0, max_date: 0 },
    ...{ offset_rate: 0, offset_peer, offset_id: 0, limit: 10 },
  };
  const comments: Tl.messages_getRepliesRequest = { ...historyOf(peer), _: "messages.getReplies", msg_id: top };
  const asked = () => [
    reactionsIn(lina.ask("messages.searchGlobal", everywhere)),
    reactionsIn(lina.ask("messages.search", here)),
    reactionsIn(lina.ask("messages.search", { ...here, _: "messages.search", top_msg_id: top })),
  ];
  const listed = () => reactionsIn(lina.ask("messages.getReplies", comments));
  const react = (emoticon: string) =>
    omar.ask("messages.sendReaction", {
      ...{ _: "messages.sendReaction", peer: omar.peer(CLUB), msg_id: id },
      reaction: [{ _: "reactionEmoji", emoticon }],
    });
  expect(asked()).toEqual([[0], [0], [0]]);
  react("🔥");
  expect(asked()).toEqual([[1], [1], [1]]);
  omar.ask("messages.sendReaction", { _: "messages.sendReaction", peer: omar.peer(CLUB), msg_id: id, reaction: [] });
  expect(listed()).toEqual([0]);
  react("👍");
  expect(listed()).toEqual([1]);
  expect(world.chat(CLUB).byId(top)?.replies?.count).toBe(1);
  omar.ask("messages.sendMessage", { ...textTo(omar.peer(CLUB), "two", 2n), reply_to });
  expect(world.chat(CLUB).byId(top)?.replies?.count).toBe(2);
  const channel = lina.inputChannel(CLUB);
  lina.ask("channels.deleteMessages", { _: "channels.deleteMessages", channel, id: [id] });
  expect(world.chat(CLUB).byId(top)?.replies?.count).toBe(1);
});

function people(session: Session, filter: Tl.TypeChannelParticipantsFilter): number[] {
  const channel = session.inputChannel("@generated");
  const answer = session.ask("channels.getParticipants", {
    ...{ _: "channels.getParticipants", channel, filter, offset: 0, limit: 50, hash: 0n },
  });
  return "users" in answer ? answer.users.map(({ id }) => Number(id)) : [];
}

test("a member is found by the name that he has, and no longer by the one that he had", () => {
  const session = openSession({ generated: { messages: 5, participants: 30 } });
  const named = (q: string) => people(session, { _: "channelParticipantsSearch", q }).includes(session.me);
  expect([named("Reader"), named("Zwriter")]).toEqual([true, false]);
  session.ask("account.updateProfile", { _: "account.updateProfile", last_name: "Zwriter" });
  expect([named("Reader"), named("Zwriter")]).toEqual([false, true]);
});

test("an admin whose rights were changed is among the admins once", () => {
  const world = createWorld({ generated: { messages: 5, participants: 30 } }, () => NOW);
  const session = openSession(world);
  const admins = () => {
    const channel = session.inputChannel("@generated");
    const answer = session.ask("channels.getParticipants", {
      ...{ _: "channels.getParticipants", channel, filter: { _: "channelParticipantsAdmins" } },
      ...{ offset: 0, limit: 50, hash: 0n },
    });
    return "participants" in answer ? answer.participants.length : 0;
  };
  const before = admins();
  const [, second] = [...world.chat("@generated").members()];
  openWorld(world, new Logins()).setRights("@generated", second?.userId ?? 0, { admin: ["ban_users"] });
  expect(admins()).toBe(before);
});
