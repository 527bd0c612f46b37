import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Action, ActionsApi, Gate } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { root } from "../support/import-lines.js";
import { LAB, PERSON } from "./gated.js";
import { callsOf, open } from "./operations/desk.js";

interface Subject {
  readonly actions: ActionsApi;
  /** A message in LAB that this account wrote. */
  readonly mine: number;
  /** One in LAB that somebody else wrote. */
  readonly foreign: number;
}

/** Each as it is called with a gate, and without one. */
const CALLS: readonly (readonly [name: string, call: (subject: Subject, ...gate: [] | [Gate]) => Promise<unknown>])[] =
  [
    ["sendMessage", ({ actions }, gate?) => both(actions.sendMessage, { chat: LAB, text: "counted" }, gate)],
    [
      "editMessage",
      ({ actions, mine }, gate?) => both(actions.editMessage, { chat: LAB, messageId: mine, text: "new" }, gate),
    ],
    [
      "forwardMessages",
      ({ actions, foreign }, gate?) =>
        both(actions.forwardMessages, { from: LAB, to: PERSON, messageIds: [foreign] }, gate),
    ],
    ["pinMessage", ({ actions, foreign }, gate?) => both(actions.pinMessage, { chat: LAB, messageId: foreign }, gate)],
    [
      "react",
      ({ actions, foreign }, gate?) => both(actions.react, { chat: LAB, messageId: foreign, emoji: "👍" }, gate),
    ],
    ["markRead", ({ actions }, gate?) => both(actions.markRead, { chat: LAB }, gate)],
    [
      "deleteMessages",
      ({ actions, mine }, gate?) => both(actions.deleteMessages, { chat: LAB, messageIds: [mine] }, gate),
    ],
    ["addMember", ({ actions }, gate?) => both(actions.addMember, { chat: LAB, user: "@liv_paints" }, gate)],
    ["removeMember", ({ actions }, gate?) => both(actions.removeMember, { chat: LAB, user: "@liv_paints" }, gate)],
    [
      "migrateMember",
      ({ actions }, gate?) =>
        both(actions.migrateMember, { chat: LAB, oldUser: "@priya_raman", newUser: "@liv_paints" }, gate),
    ],
    ["clearHistory", ({ actions }, gate?) => both(actions.clearHistory, { chat: PERSON }, gate)],
    ["leaveDialog", ({ actions }, gate?) => both(actions.leaveDialog, { chat: "@harbour_gazette" }, gate)],
    ["joinChat", ({ actions }, gate?) => both(actions.joinChat, { chat: "@harbour_gazette" }, gate)],
  ];

const both = <I>(action: Action<I, unknown>, input: I, gate?: Gate): Promise<unknown> =>
  gate === undefined ? action(input) : action(input, gate);

/** The figures as docs/approvals.md gives them: `| sendMessage | 2 | 2 |`. */
const DOCUMENTED = new Map(
  [...readFileSync(join(root, "docs/approvals.md"), "utf8").matchAll(/^\| `(\w+)` +\| (\d+) +\| (\d+) +\|/gm)].map(
    ([, name = "", preview, execution]) => [name, [Number(preview), Number(execution)]] as const,
  ),
);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe("To known chats and people, with the figures of docs/approvals.md,", () => {
  it.each(CALLS)("%s asks Telegram as often as documented", async (name, call) => {
    await using desk = await open(sandbox);
    const { actions, read } = desk.client;
    const mine = sandbox.world.post(LAB, { from: "@mira_halvorsen", text: `Mine, for ${name}` });
    const foreign = sandbox.world.post(LAB, { from: "@jonas_lq", text: `Foreign, for ${name}` });
    await read.dialogs({ limit: 100 }).toArray();
    for (const known of [LAB, PERSON, "@liv_paints", "@priya_raman", "@harbour_gazette"]) {
      await read.resolve(known);
    }
    const subject = { actions, mine, foreign };
    const preview = await callsOf(sandbox, () => call(subject));
    const execution = await callsOf(sandbox, () => call(subject, { confirm: true }));
    expect([name, preview.length, execution.length]).toEqual([name, ...(DOCUMENTED.get(name) ?? [])]);
  });
});
