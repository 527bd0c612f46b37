import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { LINA, OMAR, openLine, pair, PETRA, rights, type Line, type Wired } from "./wire.js";

const CLUB = "@club_test";

type Question = Partial<Omit<Tl.channels_getAdminLogRequest, "_" | "channel">>;

async function log(who: Wired, question: Question = {}, chat = CLUB): Promise<readonly Tl.channelAdminLogEvent[]> {
  const all = { channel: who.channel(chat), q: "", max_id: 0n, min_id: 0n, limit: 100, ...question };
  return (await who.ask("channels.getAdminLog", all)).events;
}

const deeds = (events: readonly Tl.channelAdminLogEvent[]): string[] =>
  events.map(({ action }) => action._.replace("channelAdminLogEventAction", ""));

const only = (...flags: readonly string[]): Tl.channelAdminLogEventsFilter => ({
  _: "channelAdminLogEventsFilter",
  ...Object.fromEntries(flags.map((flag) => [flag, true])),
});

const ban = (who: Wired, chat: string, user: string, ...denied: readonly string[]) => ({
  channel: who.channel(chat),
  participant: who.peer(user),
  banned_rights: {
    ...{ _: "chatBannedRights" as const, until_date: 0 },
    ...Object.fromEntries(denied.map((flag) => [flag, true])),
  },
});

/** Something of every kind happens in the club. */
async function eventful(line: Line): Promise<void> {
  const [lina, omar] = pair(line);
  const id = line.sandbox.world.post(CLUB, { from: OMAR, text: "Hello there" });
  const channel = lina.channel(CLUB);
  const peer = lina.peer(CLUB);
  await lina.ask("channels.editTitle", { channel, title: "Readers" });
  await lina.ask("messages.editChatAbout", { peer, about: "Books" });
  await lina.ask("channels.toggleSlowMode", { channel, seconds: 10 });
  await lina.ask("messages.updatePinnedMessage", { peer, id });
  await omar.ask("messages.editMessage", { peer: omar.peer(CLUB), id, message: "Hello again" });
  await omar.ask("channels.deleteMessages", { channel: omar.channel(CLUB), id: [id] });
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  await omar.ask("channels.joinChannel", { channel: omar.channel(CLUB) });
  await lina.ask("channels.editBanned", ban(lina, CLUB, "@omar_test", "send_media"));
  await lina.ask("channels.editBanned", ban(lina, CLUB, "@omar_test"));
  const user_id = lina.user(OMAR);
  await lina.ask("channels.editAdmin", { channel, user_id, admin_rights: rights("ban_users"), rank: "" });
}

test("admins read what was done, the last deed first", async () => {
  await using line = await openLine();
  const [, omar] = pair(line);
  expect(
    await omar.refused("channels.getAdminLog", {
      ...{ channel: omar.channel(CLUB), q: "", max_id: 0n, min_id: 0n, limit: 9 },
    }),
  ).toBe("CHAT_ADMIN_REQUIRED");
  await eventful(line);
  const all = await log(omar);
  expect(deeds(all)).toEqual([
    ...[
      "ParticipantToggleAdmin",
      "ParticipantToggleBan",
      "ParticipantToggleBan",
      "ParticipantJoin",
      "ParticipantLeave",
    ],
    ...["DeleteMessage", "EditMessage", "UpdatePinned", "ToggleSlowMode", "ChangeAbout", "ChangeTitle"],
  ]);
  expect(all.find(({ action }) => action._ === "channelAdminLogEventActionEditMessage")).toMatchObject({
    user_id: BigInt(OMAR),
    action: { prev_message: { message: "Hello there" }, new_message: { message: "Hello again" } },
  });
  expect(all[0]).toMatchObject({
    user_id: BigInt(LINA),
    action: {
      prev_participant: { _: "channelParticipant", user_id: BigInt(OMAR) },
      new_participant: { _: "channelParticipantAdmin" },
    },
  });
});

test("they ask for some kinds of deeds, for some admins, for words, and page by page", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  await eventful(line);
  expect(deeds(await log(lina, { events_filter: only("info") }))).toEqual(["ChangeAbout", "ChangeTitle"]);
  expect(deeds(await log(lina, { events_filter: only("join", "leave") }))).toEqual([
    "ParticipantJoin",
    "ParticipantLeave",
  ]);
  expect(deeds(await log(lina, { events_filter: only("ban") }))).toEqual(["ParticipantToggleBan"]);
  expect(deeds(await log(lina, { events_filter: only("unban", "kick") }))).toEqual(["ParticipantToggleBan"]);
  expect(deeds(await log(lina, { events_filter: only("promote") }))).toEqual(["ParticipantToggleAdmin"]);
  expect(deeds(await log(lina, { events_filter: only("settings", "pinned", "edit", "delete") }))).toEqual([
    ...["DeleteMessage", "EditMessage", "UpdatePinned", "ToggleSlowMode"],
  ]);
  expect(deeds(await log(lina, { admins: [lina.user(OMAR)] }))).toEqual([
    ...["ParticipantJoin", "ParticipantLeave", "DeleteMessage", "EditMessage"],
  ]);
  expect(deeds(await log(lina, { q: "readers" }))).toEqual(["ChangeTitle"]);
  expect(deeds(await log(lina, { q: "again" }))).toEqual(["DeleteMessage", "EditMessage"]);
  const first = await log(lina, { limit: 4 });
  const last = first.at(-1)?.id ?? 0n;
  const rest = await log(lina, { max_id: last });
  expect(deeds([...first, ...rest])).toEqual(deeds(await log(lina)));
  expect(await log(lina, { min_id: last })).toEqual(first.slice(0, 3));
});

test("what others do from outside is in it, and posts of a channel", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const { world } = line.sandbox;
  world.rename(CLUB, "Renamed");
  world.kick("Renamed", PETRA);
  world.delete("Renamed", [3]);
  expect(deeds(await log(lina))).toEqual(["DeleteMessage", "ParticipantToggleBan", "ChangeTitle"]);
  expect(deeds(await log(lina, { events_filter: only("kick") }))).toEqual(["ParticipantToggleBan"]);
  await lina.ask("messages.sendMessage", { peer: lina.peer("@news_test"), message: "Open again", random_id: 4n });
  const [sent] = await log(lina, { events_filter: only("send") }, "@news_test");
  expect(sent).toMatchObject({ action: { message: { message: "Open again" } }, user_id: BigInt(LINA) });
});
