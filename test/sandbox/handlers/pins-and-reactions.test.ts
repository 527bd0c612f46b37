import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { couple, pushedTo, refusal, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const TOMAS = "Tomás Ferreira";

const pin = (session: Session, which: string, id: number, more: object = {}) =>
  session.ask("messages.updatePinnedMessage", {
    _: "messages.updatePinnedMessage",
    peer: session.peer(which),
    id,
    ...more,
  });

const react = (session: Session, which: string, msg_id: number, ...emoji: string[]) =>
  session.ask("messages.sendReaction", {
    _: "messages.sendReaction",
    peer: session.peer(which),
    msg_id,
    reaction: emoji.map((emoticon) => ({ _: "reactionEmoji", emoticon })),
  });

test("a pin is told, shown and can be taken away", () => {
  const { mira, tomas, world } = couple();
  expect(refusal(() => pin(tomas, WORK, 10))).toBe("400 CHAT_ADMIN_REQUIRED");
  const { pts } = world.channels.get(1_650_200_001)?.journal ?? { pts: 0 };
  const answer = pin(mira, WORK, 10, { silent: true });
  expect(answer._ === "updates" && answer.updates).toMatchObject([
    { _: "updatePinnedChannelMessages", pinned: true, messages: [10], pts: pts + 1, pts_count: 1 },
    { _: "updateNewChannelMessage", pts: pts + 2 },
  ]);
  expect(world.chat(WORK).byId(10)?.pinned).toBe(true);
  expect([...world.chat(WORK).messages()].at(-1)).toMatchObject({
    action: { _: "messageActionPinMessage" },
    replyTo: 10,
    silent: true,
  });
  expect(pushedTo(mira, tomas.me).map(({ _ }) => _)).toEqual([
    "updatePinnedChannelMessages",
    "updateNewChannelMessage",
  ]);
  expect(refusal(() => pin(mira, WORK, 10))).toBe("400 CHAT_NOT_MODIFIED");
  const { count } = world.chat(WORK);
  pin(mira, WORK, 10, { unpin: true });
  expect(world.chat(WORK).byId(10)?.pinned).toBeUndefined();
  expect(world.chat(WORK).count).toBe(count);
  expect(refusal(() => pin(mira, WORK, 9999))).toBe("400 MESSAGE_ID_INVALID");
  const missed = tomas.ask("updates.getChannelDifference", {
    _: "updates.getChannelDifference",
    channel: tomas.inputChannel(WORK),
    filter: { _: "channelMessagesFilterEmpty" },
    pts,
    limit: 100,
  });
  expect(missed._ === "updates.channelDifference" && missed.other_updates.map((one) => ({ ...one }))).toMatchObject([
    { _: "updatePinnedChannelMessages", pinned: true, pts: pts + 1 },
    { _: "updatePinnedChannelMessages", pinned: undefined, pts: pts + 3 },
  ]);
});

test("in a private chat both have the pin, or one alone", () => {
  const { mira, tomas, world } = couple();
  const ids = [...world.chat(TOMAS).messages()].filter(({ action }) => !action).map(({ id }) => id);
  const [one = 0, other = 0] = ids;
  pin(mira, TOMAS, one);
  pin(mira, TOMAS, other, { pm_oneside: true });
  const his = world.mailbox(tomas.me)?.dialogs.get(`user:${mira.me}`)?.history;
  const pinnedForHim = Array.from({ length: his?.count ?? 0 }, (_, n) => his?.at(n)).filter(
    (message) => message?.pinned,
  );
  expect(pinnedForHim).toHaveLength(1);
  expect([...world.chat(TOMAS).messages()].filter(({ pinned }) => pinned).map(({ id }) => id)).toEqual([one, other]);
});

test("a reaction takes the place of the one before, and an empty one takes it away", () => {
  const { mira, tomas, world } = couple();
  const of = (id: number) =>
    world
      .chat(WORK)
      .byId(id)
      ?.reactions?.map(({ reaction, count, recent }) => ({
        emoji: reaction._ === "reactionEmoji" && reaction.emoticon,
        count,
        by: recent.map(({ from }) => from.id),
      })) ?? [];
  react(mira, WORK, 20, "👍");
  react(tomas, WORK, 20, "👍");
  expect(of(20)).toEqual([{ emoji: "👍", count: 2, by: [tomas.me, mira.me] }]);
  const answer = react(mira, WORK, 20, "❤️");
  expect(of(20)).toEqual([
    { emoji: "👍", count: 1, by: [tomas.me] },
    { emoji: "❤️", count: 1, by: [mira.me] },
  ]);
  const shown = (update: Tl.TypeUpdate | undefined) =>
    update?._ === "updateMessageReactions" ? update.reactions.results.map((one) => one.chosen_order) : [];
  expect(answer._ === "updates" && shown(answer.updates[0])).toEqual([undefined, 0]);
  expect(shown(pushedTo(mira, tomas.me).at(-1))).toEqual([0, undefined]);
  expect(refusal(() => react(mira, WORK, 20, "❤"))).toBe("400 MESSAGE_NOT_MODIFIED");
  expect(refusal(() => react(mira, WORK, 20, "x"))).toBe("400 REACTION_INVALID");
  expect(refusal(() => react(mira, WORK, 20, "👍", "🔥"))).toBe("400 REACTIONS_TOO_MANY");
  expect(refusal(() => react(mira, WORK, 9999, "👍"))).toBe("400 MESSAGE_ID_INVALID");
  react(mira, WORK, 20);
  expect(of(20)).toEqual([{ emoji: "👍", count: 1, by: [tomas.me] }]);
});

test("a reaction in a private chat is on both copies", () => {
  const { mira, tomas, world } = couple();
  const last = [...world.chat(TOMAS).messages()].at(-1)?.id ?? 0;
  react(mira, TOMAS, last, "🔥");
  expect(world.mailbox(tomas.me)?.dialogs.get(`user:${mira.me}`)?.history.at(0)?.reactions).toMatchObject([
    { count: 1, recent: [{ from: { id: mira.me } }] },
  ]);
  expect(pushedTo(mira, tomas.me)[0]?._).toBe("updateMessageReactions");
});
