import { expect, test } from "vitest";
import { couple, historyOf, idsIn, pushedTo, refusal, textTo, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const DAY = 86_400;

const vanish = (who: Session, chat: string | number, period: number) =>
  who.ask("messages.setHistoryTTL", { _: "messages.setHistoryTTL", peer: who.peer(chat), period });

const page = (who: Session, chat: string | number) =>
  who.ask("messages.getHistory", historyOf(who.peer(chat), { limit: 2 }));

test("messages vanish so long after they were written, for everybody", () => {
  const { mira, tomas, clock, open } = couple();
  for (const chat of [WORK, tomas.me]) {
    vanish(mira, chat, DAY);
    const before = open.chat(chat).count;
    mira.ask("messages.sendMessage", textTo(mira.peer(chat), "Soon gone", 5n + BigInt(before)));
    const shown = page(mira, chat);
    expect(shown).toMatchObject({ messages: [{ message: "Soon gone", ttl_period: DAY }, { ttl_period: DAY }] });
    clock.now += (DAY - 1) * 1000;
    expect(open.chat(chat).count).toBe(before + 1);
    clock.now += 1000;
    expect(open.chat(chat).count).toBe(before - 1);
    const theirs = page(tomas, chat === WORK ? WORK : mira.me);
    expect("messages" in theirs && theirs.messages).not.toContainEqual(
      expect.objectContaining({ message: "Soon gone" }),
    );
    expect(idsIn(page(mira, chat))).not.toContain(idsIn(shown)[0]);
  }
});

test("who sets it is told of, and only admins may", () => {
  const { mira, tomas } = couple();
  expect(refusal(() => vanish(tomas, WORK, DAY))).toBe("400 CHAT_ADMIN_REQUIRED");
  expect(refusal(() => vanish(mira, WORK, 5))).toBe("400 TTL_PERIOD_INVALID");
  vanish(mira, WORK, 7 * DAY);
  expect(pushedTo(mira, tomas.me)).toMatchObject([
    { _: "updatePeerHistoryTTL", ttl_period: 7 * DAY },
    { message: { action: { _: "messageActionSetMessagesTTL", period: 7 * DAY } } },
  ]);
  expect(refusal(() => vanish(mira, WORK, 7 * DAY))).toBe("400 CHAT_NOT_MODIFIED");
  const full = mira.ask("channels.getFullChannel", {
    ...{ _: "channels.getFullChannel", channel: mira.inputChannel(WORK) },
  });
  expect(full.full_chat.ttl_period).toBe(7 * DAY);
});

test("a new private chat begins with what its account has set for all of them", () => {
  const { mira, open } = couple();
  mira.ask("messages.setDefaultHistoryTTL", { _: "messages.setDefaultHistoryTTL", period: DAY });
  const RUTH = 6_210_400_801;
  const peer = { ...mira.inputUser(RUTH), _: "inputPeerUser" } as const;
  const isKnown = open.chats().some(({ id }) => id === RUTH);
  expect(isKnown).toBe(false);
  mira.ask("messages.sendMessage", textTo(peer, "Hello", 9n));
  const shown = mira.ask("messages.getHistory", historyOf(peer));
  expect(shown).toMatchObject({
    messages: [
      { message: "Hello", ttl_period: DAY },
      { action: { _: "messageActionSetMessagesTTL", period: DAY, auto_setting_from: BigInt(mira.me) } },
    ],
  });
});
