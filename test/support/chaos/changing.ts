import type { Sandbox } from "tg-guarded/testing";
import { act, type Order } from "./order.js";
import { MIRA, messagesIn, state } from "./world-facts.js";

const LAB = "@tidewater_lab";
const FAMILY = "Family 🏡";
const GAZETTE = "@harbour_gazette";
const JONAS = "@jonas_lq";
/** Telegram deletes a hundred messages at a time. */
const MORE_THAN_A_PART = 120;
const PRIYA = "@priya_raman";

/** Changes to messages that are there. */
export function changes(sandbox: Sandbox): readonly Order[] {
  const { world } = sandbox;
  const own = world.post(LAB, { from: MIRA, text: "before the edit" });
  const liked = world.post(LAB, { from: JONAS, text: "to be liked" });
  const pinned = world.post(LAB, { from: JONAS, text: "to be pinned" });
  const pins = messagesIn(sandbox, LAB).filter(({ action }) => action?._ === "messageActionPinMessage").length;
  return [
    act(
      "edit",
      "editMessage",
      { chat: LAB, messageId: own, text: "after the edit" },
      {
        truth() {
          const text = world.chat(LAB).byId(own)?.text;
          return text === "before the edit" ? { times: 0 } : { times: 1, ...faultUnless(text === "after the edit") };
        },
      },
    ),
    act(
      "react",
      "react",
      { chat: LAB, messageId: liked, emoji: "🔥" },
      {
        mode: "operator",
        truth() {
          const reactions = world.chat(LAB).byId(liked)?.reactions ?? [];
          const times = reactions.reduce((sum, { count }) => sum + count, 0);
          return { times, ...faultUnless(reactions.every(({ reaction }) => reaction.emoticon === "🔥")) };
        },
      },
    ),
    act(
      "pin",
      "pinMessage",
      { chat: LAB, messageId: pinned },
      {
        truth() {
          const all = messagesIn(sandbox, LAB).filter(({ action }) => action?._ === "messageActionPinMessage");
          const times = all.length - pins;
          return { times, ...faultUnless(world.chat(LAB).byId(pinned)?.pinned === times > 0 || times === 0) };
        },
      },
    ),
    ...deletions(sandbox),
    ...clearings(sandbox),
  ];
}

const faultUnless = (isRight: boolean) => (isRight ? {} : { fault: "it is not as it was approved" });

/** Of messages in two chats of different kinds, each with neighbours that stay. */
function deletions(sandbox: Sandbox): readonly Order[] {
  return ([LAB, FAMILY] as const).map((chat) => {
    const { ids, truth } = doomed(sandbox, chat, 3);
    return act(`delete in ${chat}`, "deleteMessages", { chat, messageIds: ids }, { truth });
  });
}

/** Posts messages that will be deleted, between two that will not. */
export function doomed(sandbox: Sandbox, chat: string, count: number) {
  const { world } = sandbox;
  const post = (text: string) => world.post(chat, { from: MIRA, text });
  const before = post("stays");
  const ids = Array.from({ length: count }, (_, n) => post(`goes ${n}`));
  const after = post("stays, too");
  const has = (id: number) => world.chat(chat).byId(id) !== undefined;
  const truth = () => {
    const left = ids.filter(has).length;
    const isWhole = (left === 0 || left === ids.length) && has(before) && has(after);
    return { times: left === 0 ? 1 : 0, ...faultUnless(isWhole) };
  };
  return { ids, truth };
}

/** Of a whole history, and of one up to a message behind which others come. */
function clearings(sandbox: Sandbox): readonly Order[] {
  const { world } = sandbox;
  const maxId = Math.max(...messagesIn(sandbox, PRIYA).map(({ id }) => id));
  for (let n = 0; n < MORE_THAN_A_PART; n++) world.post(JONAS, { text: `one of many: ${n}` });
  const behind = world.post(PRIYA, { text: "behind the approved" });
  return [
    act("clear", "clearHistory", { chat: JONAS }, { truth: () => state(world.chat(JONAS).count === 0) }),
    act(
      "clear up to",
      "clearHistory",
      { chat: PRIYA, maxId },
      {
        truth() {
          const left = messagesIn(sandbox, PRIYA);
          const older = left.filter(({ id }) => id <= maxId).length;
          return { times: older === 0 ? 1 : 0, ...faultUnless(left.some(({ id }) => id === behind)) };
        },
      },
    ),
  ];
}

/** How much of a chat is unread only a client can tell: the round asks at the end, and tells it in `unread`. */
export function reading(sandbox: Sandbox, unread: ReadonlyMap<number, number>): readonly Order[] {
  const { world } = sandbox;
  const { id: gazette } = world.chat(GAZETTE);
  const { id: tomas } = world.chat("Tomás Ferreira");
  const maxId = world.post(gazette, { text: "to be read" });
  world.post(tomas, { text: "to be read" });
  const truthOf = (chat: number) => () => state(unread.get(chat) === 0);
  return [
    act("read a channel", "markRead", { chat: GAZETTE, maxId }, { truth: truthOf(gazette) }),
    act("read a person", "markRead", { chat: tomas }, { truth: truthOf(tomas) }),
  ];
}
