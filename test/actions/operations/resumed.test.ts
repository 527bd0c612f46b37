import { describe, expect, it } from "vitest";
import type { ActionsApi, Outcome } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { LAB, PERSON } from "../gated.js";
import { open } from "./desk.js";

const GATE = { confirm: true };
const isIn = (sandbox: Sandbox, chat: string, user: string): boolean =>
  [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === sandbox.world.chat(user).id);

interface Interrupted {
  /** The request after which the caller goes away, without having seen the answer. */
  readonly method: string;
  /** The message is this account's own. */
  readonly own?: boolean;
  readonly call: (actions: ActionsApi, messageId: number, signal?: AbortSignal) => Promise<Outcome<unknown>>;
  /** What the world must say: once is done, twice would show. */
  readonly truth: (sandbox: Sandbox, messageId: number) => unknown;
  readonly expected: unknown;
}

const options = (signal?: AbortSignal) => (signal === undefined ? {} : { signal });

const CASES: readonly Interrupted[] = [
  {
    method: "channels.deleteMessages",
    call: (actions, id, signal) => actions.deleteMessages({ chat: LAB, messageIds: [id] }, GATE, options(signal)),
    truth: (sandbox, id) => sandbox.world.chat(LAB).byId(id),
    expected: undefined,
  },
  {
    method: "messages.forwardMessages",
    call: (actions, id, signal) =>
      actions.forwardMessages({ from: LAB, to: PERSON, messageIds: [id] }, GATE, options(signal)),
    truth: (sandbox) => [...sandbox.world.chat(PERSON).messages()].filter(({ text }) => text === "Once").length,
    expected: 1,
  },
  {
    method: "channels.inviteToChannel",
    call: (actions, _, signal) => actions.addMember({ chat: LAB, user: "@liv_paints" }, GATE, options(signal)),
    truth: (sandbox) => isIn(sandbox, LAB, "@liv_paints"),
    expected: true,
  },
  {
    method: "messages.addChatUser",
    call: (actions, _, signal) =>
      actions.addMember({ chat: "Family 🏡", user: "@fatima_bakes" }, GATE, options(signal)),
    truth: (sandbox) => isIn(sandbox, "Family 🏡", "@fatima_bakes"),
    expected: true,
  },
  {
    method: "channels.editBanned",
    call: (actions, _, signal) => actions.removeMember({ chat: LAB, user: "@priya_raman" }, GATE, options(signal)),
    truth: (sandbox) => isIn(sandbox, LAB, "@priya_raman"),
    expected: false,
  },
  {
    method: "channels.leaveChannel",
    call: (actions, _, signal) => actions.leaveDialog({ chat: "@harbour_council" }, GATE, options(signal)),
    truth: (sandbox) => isIn(sandbox, "@harbour_council", "@mira_halvorsen"),
    expected: false,
  },
  {
    method: "messages.updatePinnedMessage",
    call: (actions, messageId, signal) => actions.pinMessage({ chat: LAB, messageId }, GATE, options(signal)),
    truth: (sandbox) => [...sandbox.world.chat(LAB).messages()].slice(-1).map(({ action }) => action?._),
    expected: ["messageActionPinMessage"],
  },
  {
    method: "messages.sendReaction",
    call: (actions, messageId, signal) => actions.react({ chat: LAB, messageId, emoji: "🔥" }, GATE, options(signal)),
    truth: (sandbox, id) =>
      sandbox.world
        .chat(LAB)
        .byId(id)
        ?.reactions?.map(({ count }) => count),
    expected: [1],
  },
  {
    method: "messages.editMessage",
    own: true,
    call: (actions, messageId, signal) =>
      actions.editMessage({ chat: LAB, messageId, text: "Twice" }, GATE, options(signal)),
    truth: (sandbox, id) => sandbox.world.chat(LAB).byId(id)?.text,
    expected: "Twice",
  },
  {
    method: "messages.deleteHistory",
    call: (actions, _, signal) => actions.clearHistory({ chat: PERSON }, GATE, options(signal)),
    truth: (sandbox) => sandbox.world.chat(PERSON).count,
    expected: 0,
  },
  {
    method: "channels.readHistory",
    call: (actions, maxId, signal) => actions.markRead({ chat: LAB, maxId }, GATE, options(signal)),
    truth: () => true,
    expected: true,
  },
];

describe("A caller who went away after the request was carried out", () => {
  it.each(CASES)("hears at the same call that $method is done, and it is done once", async (each) => {
    const { method, call, truth, expected, own = false } = each;
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox);
    const { actions } = desk.client;
    const from = own ? "@mira_halvorsen" : "@jonas_lq";
    const messageId = sandbox.world.post(LAB, { from, text: "Once" });
    sandbox.world.post(PERSON, { text: "To be cleared" });
    const away = new AbortController();
    sandbox.faults.add({ method, nth: 1, drop: "after" });
    const stop = sandbox.onRequest((request) => {
      if (request.method === method) away.abort(new Error("gone"));
    });
    await expect(call(actions, messageId, away.signal)).rejects.toThrow("gone");
    stop();
    expect(truth(sandbox, messageId)).toEqual(expected);
    expect(await call(actions, messageId)).toMatchObject({ status: "done", repeated: false });
    expect(truth(sandbox, messageId)).toEqual(expected);
  });
});
