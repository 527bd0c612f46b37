import { expect, test } from "vitest";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { NOW, openSession, refusal, type Session } from "./asking.js";

const GENERATED = { generated: { messages: 50, participants: 5 } };

const since = (session: Session, pts: number, limit = 100) =>
  session.ask("updates.getChannelDifference", {
    _: "updates.getChannelDifference",
    channel: session.inputChannel("@generated"),
    filter: { _: "channelMessagesFilterEmpty" },
    pts,
    limit,
  });

const write = (session: Session, count: number) => {
  const from = 6_100_000_000;
  for (let n = 0; n < count; n++) session.world.post("@generated", { from, text: `number ${n}` });
};

test("what is new in a channel is told from any pts, without gap", () => {
  const session = openSession(GENERATED);
  const start = session.world.channels.get(session.world.chat("@generated").peer.id)?.journal.pts ?? 0;
  write(session, 250);
  const texts: string[] = [];
  for (let pts = start; ;) {
    const answer = since(session, pts);
    if (answer._ !== "updates.channelDifference") throw new Error(answer._);
    texts.push(...answer.new_messages.map((one) => (one._ === "message" ? one.message : "")));
    pts = answer.pts;
    if (answer.final) break;
  }
  expect(texts).toEqual(Array.from({ length: 250 }, (_, n) => `number ${n}`));
});

test("who is far behind in a channel gets its state and newest messages instead", () => {
  const session = openSession(GENERATED);
  write(session, 1001);
  const answer = since(session, 1, 10);
  if (answer._ !== "updates.channelDifferenceTooLong") throw new Error(answer._);
  expect(answer.messages).toHaveLength(10);
  expect(answer.dialog).toMatchObject({ top_message: 1051, pts: 1002 });
  expect(since(session, 1002)._).toBe("updates.channelDifferenceEmpty");
  expect(refusal(() => since(session, 0))).toBe("400 PERSISTENT_TIMESTAMP_EMPTY");
});

test("a client may say how much is too long for it", () => {
  const session = openSession(GENERATED);
  const other = 6_100_000_000;
  const { pts } = session.ask("updates.getState", { _: "updates.getState" });
  const title = session.world.chats().find(({ id }) => id === other)?.title ?? "";
  for (let n = 0; n < 5; n++) session.world.post(title, { from: other, text: `note ${n}` });
  const ask = (pts_total_limit: number) =>
    session.ask("updates.getDifference", { _: "updates.getDifference", pts, pts_total_limit, date: 1, qts: 0 });
  expect(ask(4)).toEqual({ _: "updates.differenceTooLong", pts: pts + 5 });
  expect(ask(5)._).toBe("updates.difference");
});

test("edits and deletions by others are told with their pts, in chats of every kind", () => {
  const world = createWorld("demo", () => NOW);
  const told: string[] = [];
  world.onUpdates = (account, updates) => {
    if (updates._ !== "updates") throw new Error(updates._);
    for (const update of updates.updates) {
      if (!("pts" in update) || !("pts_count" in update)) throw new Error(update._);
      told.push(`${account} ${update._} ${update.pts_count}`);
    }
  };
  const [mira] = world.accounts;
  for (const chat of ["@tidewater_lab", "Liv Halvorsen 🌻"]) {
    const from = "@liv_paints";
    const id = world.post(chat, { from, text: "one" });
    const other = world.post(chat, { from, text: "two" });
    told.length = 0;
    world.edit(chat, id, "ONE");
    expect(world.chat(chat).byId(id)).toMatchObject({ text: "ONE", editDate: NOW / 1000 });
    world.delete(chat, [id, other]);
    expect(world.chat(chat).byId(other)).toBeUndefined();
    const mine = told.filter((line) => line.startsWith(String(mira?.id)));
    const [edited, deleted] = chat.startsWith("@")
      ? ["EditChannelMessage", "DeleteChannelMessages"]
      : ["EditMessage", "DeleteMessages"];
    expect(mine).toEqual([`${mira?.id} update${edited} 1`, `${mira?.id} update${deleted} 2`]);
  }
});

test("a message that nobody is told of leaves a gap in the pts", () => {
  const world = createWorld("demo", () => NOW);
  const pts: number[] = [];
  world.onUpdates = (_, updates) => {
    if (updates._ !== "updates") throw new Error(updates._);
    for (const update of updates.updates) if ("pts" in update) pts.push(update.pts ?? 0);
  };
  world.post("Liv Halvorsen 🌻", { text: "one" });
  world.post("Liv Halvorsen 🌻", { text: "lost", unannounced: true });
  world.post("Liv Halvorsen 🌻", { text: "three" });
  expect(pts.map((at) => at - (pts[0] ?? 0))).toEqual([0, 2]);
});
