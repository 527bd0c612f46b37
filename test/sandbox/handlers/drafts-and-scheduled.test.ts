import { expect, test } from "vitest";
import { couple, dialogsFrom, historyOf, idsIn, NOW, pushedTo, refusal, textTo, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const SOON = NOW / 1000 + 3600;

const leaveText = (session: Session, which: string, message: string, more: object = {}) =>
  session.ask("messages.saveDraft", { _: "messages.saveDraft", peer: session.peer(which), message, ...more });

const later = (session: Session, which: string, text: string, random_id: bigint, schedule_date = SOON) =>
  session.ask("messages.sendMessage", { ...textTo(session.peer(which), text, random_id), schedule_date });

const waiting = (session: Session, which: string) =>
  session.ask("messages.getScheduledHistory", {
    _: "messages.getScheduledHistory",
    peer: session.peer(which),
    hash: 0n,
  });

test("a text left in the input field is in the list of chats until it is sent or emptied", () => {
  const { mira, open } = couple();
  leaveText(mira, WORK, "half a thought", { reply_to: { _: "inputReplyToMessage", reply_to_msg_id: 10 } });
  expect(open.draft(WORK)).toMatchObject({ text: "half a thought", replyTo: 10, date: NOW / 1000 });
  expect(open.draft(WORK, { account: "9996625678" })).toBeUndefined();
  const listed = () => {
    const { dialogs } = mira.ask("messages.getDialogs", dialogsFrom()) as { dialogs: readonly object[] };
    return dialogs.flatMap((dialog) => ("draft" in dialog && dialog.draft ? [dialog.draft] : []));
  };
  expect(listed()).toMatchObject([{ _: "draftMessage", message: "half a thought" }]);
  expect(pushedTo(mira, mira.me).map(({ _ }) => _)).toEqual(["updateDraftMessage"]);
  mira.ask("messages.sendMessage", { ...textTo(mira.peer(WORK), "another", 1n) });
  expect(open.draft(WORK)).toBeDefined();
  mira.ask("messages.sendMessage", { ...textTo(mira.peer(WORK), "a whole thought", 2n), clear_draft: true });
  expect(open.draft(WORK)).toBeUndefined();
  expect(listed()).toEqual([]);
  leaveText(mira, WORK, "again");
  leaveText(mira, WORK, "");
  expect(open.draft(WORK)).toBeUndefined();
});

test("each topic of a forum has a draft of its own", () => {
  const { mira, open } = couple();
  const forum = "@quayside_forum";
  const topic =
    [...open.chat(forum).messages()].find(({ action }) => action?._ === "messageActionTopicCreate")?.id ?? 0;
  leaveText(mira, forum, "on boats", {
    reply_to: { _: "inputReplyToMessage", reply_to_msg_id: topic, top_msg_id: topic },
  });
  leaveText(mira, forum, "in general");
  expect(open.draft(forum, { topic })?.text).toBe("on boats");
  expect(open.draft(forum)?.text).toBe("in general");
  const all = mira.ask("messages.getAllDrafts", { _: "messages.getAllDrafts" });
  expect(all._ === "updates" && all.updates).toHaveLength(2);
});

test("a message waits for its time, unseen by others, and is sent once", () => {
  const { mira, tomas, open, world, clock } = couple();
  const { count } = open.chat(WORK);
  const sent = later(mira, WORK, "at four", 1n);
  expect(sent._ === "updates" && sent.updates.map(({ _ }) => _)).toEqual([
    "updateMessageID",
    "updateNewScheduledMessage",
  ]);
  expect(refusal(() => later(mira, WORK, "at four", 1n))).toBe("500 RANDOM_ID_DUPLICATE");
  expect(open.scheduled(WORK)).toMatchObject([{ text: "at four", date: SOON }]);
  expect(open.chat(WORK).count).toBe(count);
  expect(waiting(tomas, WORK)).toMatchObject({ messages: [] });
  expect(waiting(mira, WORK)).toMatchObject({ messages: [{ message: "at four", date: SOON, from_scheduled: true }] });
  const heard: string[] = [];
  world.onUpdates = (account, updates) => {
    if (updates._ === "updates") heard.push(...updates.updates.map(({ _ }) => `${account} ${_}`));
  };
  clock.now = SOON * 1000;
  const page = tomas.ask("messages.getHistory", historyOf(tomas.peer(WORK), { limit: 1 }));
  expect(idsIn(page)).toEqual([count + 1]);
  expect(open.chat(WORK).byId(count + 1)).toMatchObject({ text: "at four", date: SOON, fromScheduled: true });
  expect(open.scheduled(WORK)).toEqual([]);
  expect(heard).toEqual([
    `${mira.me} updateNewChannelMessage`,
    `${tomas.me} updateNewChannelMessage`,
    `${mira.me} updateDeleteScheduledMessages`,
  ]);
});

test("what waits can be changed, sent now or given up", () => {
  const { mira, open } = couple();
  for (const n of [1n, 2n, 3n]) later(mira, WORK, `plan ${n}`, n);
  const [one, two, three] = open.scheduled(WORK).map(({ id }) => id);
  const peer = mira.peer(WORK);
  const { count } = open.chat(WORK);
  mira.ask("messages.editMessage", {
    _: "messages.editMessage",
    peer,
    id: one ?? 0,
    message: "plan B",
    schedule_date: SOON + 60,
  });
  mira.ask("messages.sendScheduledMessages", { _: "messages.sendScheduledMessages", peer, id: [two ?? 0] });
  mira.ask("messages.deleteScheduledMessages", { _: "messages.deleteScheduledMessages", peer, id: [three ?? 0] });
  expect(open.chat(WORK).count).toBe(count + 1);
  expect([...open.chat(WORK).messages()].at(-1)?.text).toBe("plan 2");
  expect(open.scheduled(WORK)).toMatchObject([{ text: "plan B", date: SOON + 60 }]);
  const again = () =>
    mira.ask("messages.deleteScheduledMessages", { _: "messages.deleteScheduledMessages", peer, id: [three ?? 0] });
  expect(refusal(again)).toBe("400 MESSAGE_ID_INVALID");
});

test("very soon is now, beyond a year is too late, and who may no longer write sends nothing", () => {
  const { mira, tomas, open, clock } = couple();
  const { count } = open.chat(WORK);
  later(mira, WORK, "now", 1n, NOW / 1000 + 5);
  expect(open.chat(WORK).count).toBe(count + 1);
  expect(refusal(() => later(mira, WORK, "x", 2n, NOW / 1000 + 366 * 86_400))).toBe("400 SCHEDULE_DATE_TOO_LATE");
  later(tomas, WORK, "never", 3n);
  open.kick(WORK, tomas.me);
  const afterKick = open.chat(WORK).count;
  clock.now = SOON * 1000;
  expect(open.chat(WORK).count).toBe(afterKick);
  expect(open.scheduled(WORK, { account: tomas.me })).toEqual([]);
});
