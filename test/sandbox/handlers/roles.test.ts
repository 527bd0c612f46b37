import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { openSession, refusal, textTo, type Session } from "./asking.js";

const COUNCIL = "@harbour_council";

function listed(session: Session, which: string, filter: Tl.TypeChannelParticipantsFilter, offset = 0) {
  const channel = session.inputChannel(which);
  const answer = session.ask("channels.getParticipants", {
    _: "channels.getParticipants",
    channel,
    filter,
    offset,
    limit: 200,
    hash: 0n,
  });
  if (answer._ !== "channels.channelParticipants") throw new Error(answer._);
  return answer;
}

const self = (session: Session, which: string) =>
  session.ask("channels.getParticipant", {
    _: "channels.getParticipant",
    channel: session.inputChannel(which),
    participant: { _: "inputPeerSelf" },
  }).participant;

test("admins come with their titles and rights", () => {
  const session = openSession("demo");
  const { participants } = listed(session, COUNCIL, { _: "channelParticipantsAdmins" });
  const shown = participants.map((one) =>
    one._ === "channelParticipantAdmin" || one._ === "channelParticipantCreator"
      ? [one.rank, Object.keys(one.admin_rights).filter((name) => name !== "_")]
      : [],
  );
  expect(shown.slice(1)).toEqual([
    ["Keeper of keys 🗝", ["delete_messages", "ban_users"]],
    [undefined, ["pin_messages", "invite_users"]],
    ["Buoys", ["delete_messages", "pin_messages", "manage_call"]],
  ]);
  expect(shown[0]?.[0]).toBe("Chair");
});

test("one's own rights are told: as an admin, as a restricted member, as a member", () => {
  const mira = openSession("demo");
  const tomas = openSession("demo", "9996625678");
  expect(self(mira, COUNCIL)).toMatchObject({ _: "channelParticipantAdmin", self: true, rank: "Buoys" });
  expect(self(tomas, COUNCIL)).toMatchObject({
    _: "channelParticipantBanned",
    banned_rights: { send_messages: true, send_media: true },
  });
  expect(self(mira, "@quiet_quay")._).toBe("channelParticipantSelf");
  const quiet = mira.ask("channels.getChannels", {
    _: "channels.getChannels",
    id: [mira.inputChannel("@quiet_quay"), mira.inputChannel(COUNCIL)],
  });
  expect(quiet.chats[0]).toMatchObject({ default_banned_rights: { send_messages: true, change_info: true } });
  expect(quiet.chats[1]).toMatchObject({
    default_banned_rights: { send_stickers: true, invite_users: true },
    admin_rights: { delete_messages: true },
  });
});

test("who may not write is refused", () => {
  const mira = openSession("demo");
  const tomas = openSession("demo", "9996625678");
  const write = (session: Session, which: string) => () =>
    session.ask("messages.sendMessage", textTo(session.peer(which), "hello", 1n));
  expect(refusal(write(mira, "@quiet_quay"))).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(write(tomas, COUNCIL))).toBe("403 CHAT_WRITE_FORBIDDEN");
  expect(refusal(write(mira, COUNCIL))).toBe("ok");
});

test("only admins see who was thrown out or restricted", () => {
  const mira = openSession("demo");
  const kicked = listed(mira, COUNCIL, { _: "channelParticipantsKicked", q: "" });
  expect(kicked.count).toBe(2);
  expect(kicked.participants[0]).toMatchObject({ left: true, banned_rights: { view_messages: true } });
  expect(listed(mira, COUNCIL, { _: "channelParticipantsKicked", q: "健" }).count).toBe(1);
  const banned = listed(mira, COUNCIL, { _: "channelParticipantsBanned", q: "" });
  expect(banned.participants.map((one) => one._ === "channelParticipantBanned" && one.left)).toEqual([
    undefined,
    undefined,
  ]);
  const tomas = openSession("demo", "9996625678");
  const ask = () => listed(tomas, COUNCIL, { _: "channelParticipantsKicked", q: "" });
  expect(refusal(ask)).toBe("400 CHAT_ADMIN_REQUIRED");
});

test("hidden members are shown to admins only, bots and admins to all", () => {
  const mira = openSession("demo");
  const list = (filter: Tl.TypeChannelParticipantsFilter) => () => listed(mira, "@night_watch", filter);
  expect(refusal(list({ _: "channelParticipantsRecent" }))).toBe("400 CHAT_ADMIN_REQUIRED");
  expect(list({ _: "channelParticipantsAdmins" })().count).toBe(1);
  expect(list({ _: "channelParticipantsBots" })().count).toBe(1);
  const full = mira.ask("channels.getFullChannel", {
    _: "channels.getFullChannel",
    channel: mira.inputChannel("@night_watch"),
  });
  expect(full.full_chat).toMatchObject({ participants_hidden: true, can_view_participants: undefined });
  expect(full.full_chat).toMatchObject({ participants_count: 6 });
});

test("a list ends at 10,000 and a search at 200, and yet searches reach everybody who has a name", () => {
  const session = openSession({ generated: { messages: 2000, participants: 15_000 } });
  const recent = (offset: number) => listed(session, "@generated", { _: "channelParticipantsRecent" }, offset);
  expect(recent(0).count).toBe(15_000);
  expect(recent(9_900).participants).toHaveLength(100);
  expect(recent(10_000).participants).toHaveLength(0);
  const search = (q: string) => listed(session, "@generated", { _: "channelParticipantsSearch", q });
  expect(search("а").count).toBe(200);
  const person = [...session.world.chat("@generated").members()]
    .slice(10_000)
    .map(({ userId }) => session.world.users.get(userId))
    .find((user) => user?.lastName !== undefined);
  const found = search(person?.lastName ?? "-");
  expect(found.count).toBeLessThan(200);
  expect(found.users.map(({ id }) => Number(id))).toContain(person?.id);
  const both = search(`${person?.lastName} ${person?.firstName}`);
  expect(both.users.map(({ id }) => Number(id))).toContain(person?.id);
  expect(both.count).toBeLessThanOrEqual(found.count);
  const beyond = new Set([...session.world.chat("@generated").members()].slice(10_000).map(({ userId }) => userId));
  expect([...session.world.chat("@generated").messages()].some(({ fromId }) => beyond.has(fromId))).toBe(true);
});
