import { expect, test } from "vitest";
import { couple, dialogsFrom, historyOf, idsIn, openSession, refusal, textTo, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const TOMAS = "Tomás Ferreira";

const clear = (session: Session, which: string, more: { max_id?: number; revoke?: true; just_clear?: true } = {}) =>
  session.ask("messages.deleteHistory", {
    _: "messages.deleteHistory",
    peer: session.peer(which),
    max_id: 0,
    ...more,
  });

test("a hundred messages go at a time, and the answer says how many are left", () => {
  const session = openSession({ generated: { messages: 10, participants: 5 } });
  const other = 6_100_000_000;
  const { title } = session.world.chats().find(({ id }) => id === other) ?? { title: "" };
  for (let n = 0; n < 240; n++) session.world.post(title, { from: other, text: `note ${n}` });
  const { count } = session.world.chat(title);
  const left: number[] = [];
  let pts = session.ask("updates.getState", { _: "updates.getState" }).pts;
  for (;;) {
    const answer = clear(session, title);
    expect(answer.pts - pts).toBe(answer.pts_count);
    pts = answer.pts;
    left.push(answer.offset);
    if (answer.offset === 0) break;
  }
  expect(left).toEqual([count - 100, count - 200, 0]);
  expect(session.world.chat(other).count).toBe(0);
});

test("the other side loses its copies only when they are taken back, and newer messages stay", () => {
  const { mira, tomas, world } = couple();
  const his = () => world.mailbox(tomas.me)?.dialogs.get(`user:${mira.me}`)?.history.count ?? 0;
  const ids = [...world.chat(TOMAS).messages()].map(({ id }) => id);
  const before = his();
  const third = ids[2] ?? 0;
  expect(clear(mira, TOMAS, { max_id: third }).pts_count).toBe(3);
  expect(his()).toBe(before);
  expect([...world.chat(TOMAS).messages()].map(({ id }) => id)).toEqual(ids.slice(3));
  clear(mira, TOMAS, { revoke: true });
  expect(his()).toBe(3);
  const list = mira.ask("messages.getDialogs", dialogsFrom());
  if (list._ === "messages.dialogsNotModified") throw new Error(list._);
  const peers = list.dialogs.map(({ peer }) => peer);
  expect(peers).not.toContainEqual({ _: "peerUser", user_id: BigInt(tomas.me) });
});

test("in groups only their creators clear for everybody", () => {
  const { mira, tomas, world } = couple();
  expect(refusal(() => clear(mira, "Family 🏡", { revoke: true }))).toBe("400 CHAT_ADMIN_REQUIRED");
  expect(refusal(() => clear(mira, WORK))).toBe("400 PEER_ID_INVALID");
  const wipe = (session: Session, for_everyone: boolean, max_id = 0) =>
    session.ask("channels.deleteHistory", {
      _: "channels.deleteHistory",
      channel: session.inputChannel(WORK),
      max_id,
      for_everyone,
    });
  expect(refusal(() => wipe(tomas, true))).toBe("400 CHAT_ADMIN_REQUIRED");
  wipe(tomas, false, 418);
  const seen = (session: Session) => idsIn(session.ask("messages.getHistory", historyOf(session.peer(WORK))));
  expect(seen(tomas)).toEqual([420, 419]);
  expect(seen(mira)).toHaveLength(100);
  wipe(mira, true, 419);
  expect(world.chat(WORK).count).toBe(1);
  expect(seen(tomas)).toEqual([420]);
});

test("what was cleared once stays so, whatever is cleared later, and is told by no difference", () => {
  const { mira, tomas, world } = couple();
  const channel = tomas.inputChannel(WORK);
  const before = world.channels.get(Number(channel.channel_id))?.journal.pts ?? 0;
  mira.ask("messages.sendMessage", textTo(mira.peer(WORK), "soon gone", 1n));
  const clearFor = (max_id: number) =>
    tomas.ask("channels.deleteHistory", { _: "channels.deleteHistory", channel, max_id });
  clearFor(0);
  clearFor(50);
  expect(idsIn(tomas.ask("messages.getHistory", historyOf(tomas.peer(WORK))))).toEqual([]);
  const missed = tomas.ask("updates.getChannelDifference", {
    ...{ _: "updates.getChannelDifference", channel, pts: before, limit: 100 },
    filter: { _: "channelMessagesFilterEmpty" },
  });
  expect(missed).toMatchObject({ _: "updates.channelDifference", new_messages: [] });
});

test("a private chat that was deleted keeps what was set for it", () => {
  const { mira, world } = couple();
  const peer = mira.peer(TOMAS);
  mira.ask("messages.setHistoryTTL", { _: "messages.setHistoryTTL", peer, period: 86_400 });
  clear(mira, TOMAS);
  mira.ask("messages.sendMessage", textTo(peer, "one", 1n));
  mira.ask("messages.sendMessage", textTo(peer, "two", 2n));
  expect([...world.chat(TOMAS).messages()].map(({ ttlPeriod }) => ttlPeriod)).toEqual([86_400, 86_400]);
});
