import { describe, expect, it } from "vitest";
import { type ActionsApi, type Outcome } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { LAB } from "../gated.js";
import { open, refusalOf } from "./desk.js";

const GATE = { confirm: true };

interface Case {
  readonly what: string;
  readonly call: (actions: ActionsApi, messageId: number) => Promise<Outcome<unknown>>;
  /** Another who changes it back, or time that passes over it. */
  readonly undo: (sandbox: Sandbox, actions: ActionsApi, messageId: number) => unknown;
}

const CASES: readonly Case[] = [
  {
    what: "A chat in which somebody wrote since",
    call: (actions) => actions.markRead({ chat: LAB }, GATE),
    undo: (sandbox) => sandbox.world.post(LAB, { from: "@jonas_lq", text: "News" }),
  },
  {
    what: "A reaction that was taken back",
    call: (actions, messageId) => actions.react({ chat: LAB, messageId, emoji: "👍" }, GATE),
    undo: (_, actions, messageId) => actions.react({ chat: LAB, messageId, emoji: null }, GATE),
  },
  {
    what: "A pin that was taken away",
    call: (actions, messageId) => actions.pinMessage({ chat: LAB, messageId }, GATE),
    undo: (_, actions, messageId) => actions.pinMessage({ chat: LAB, messageId, unpin: true }, GATE),
  },
  {
    what: "A member who was removed",
    call: (actions) => actions.addMember({ chat: LAB, user: "@liv_paints" }, GATE),
    undo: (_, actions) => actions.removeMember({ chat: LAB, user: "@liv_paints" }, GATE),
  },
  {
    what: "A member who came back",
    call: (actions) => actions.removeMember({ chat: LAB, user: "@priya_raman" }, GATE),
    undo: (_, actions) => actions.addMember({ chat: LAB, user: "@priya_raman" }, GATE),
  },
  {
    what: "A channel that was left",
    call: (actions) => actions.leaveDialog({ chat: "@harbour_council" }, GATE),
    undo: (_, actions) => actions.joinChat({ chat: "@harbour_council" }, GATE),
  },
  {
    what: "A replacement that was reversed",
    call: (actions) => actions.migrateMember({ chat: LAB, oldUser: "@priya_raman", newUser: "@liv_paints" }, GATE),
    undo: (_, actions) => actions.migrateMember({ chat: LAB, oldUser: "@liv_paints", newUser: "@priya_raman" }, GATE),
  },
];

describe("What sets a state", () => {
  it.each(CASES)("is not done twice while it holds, and once more when it was undone: $what", async (each) => {
    await using sandbox = await startSandbox();
    await using desk = await open(sandbox);
    const { actions } = desk.client;
    const messageId = sandbox.world.post(LAB, { from: "@jonas_lq", text: "High water at six" });
    const call = () => each.call(actions, messageId);
    expect(await call()).toMatchObject({ status: "done" });
    expect(await refusalOf(call())).toBe("already_done");
    await each.undo(sandbox, actions, messageId);
    expect(await call()).toMatchObject({ status: "done", repeated: false });
    expect(await refusalOf(call())).toBe("already_done");
  });
});
