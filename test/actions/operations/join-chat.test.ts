import { expect, it } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { gated } from "../gated.js";
import { open, refusalOf } from "./desk.js";

const GAZETTE = "@harbour_council";
const self = (sandbox: Sandbox) => sandbox.info.accounts[0]?.id;
const isIn = (sandbox: Sandbox, chat: string): boolean =>
  [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === self(sandbox));

it("A public chat is joined once, and then there is nothing to do", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  await actions.leaveDialog({ chat: GAZETTE }, { confirm: true });
  const preview = await actions.joinChat({ chat: GAZETTE });
  expect(isIn(sandbox, GAZETTE)).toBe(false);
  sandbox.faults.add({ method: "channels.joinChannel", nth: 1, drop: "after" });
  expect(await preview.execute()).toMatchObject({ status: "done", result: { requested: false } });
  expect(isIn(sandbox, GAZETTE)).toBe(true);
  const again = actions.joinChat({ chat: GAZETTE, idempotencyKey: "again" }, { confirm: true });
  expect(await again).toMatchObject({ status: "unchanged" });
});

it("An invite link leads in, or to a request", async () => {
  await using sandbox = await startSandbox();
  await using desk = await open(sandbox);
  const { actions } = desk.client;
  await actions.leaveDialog({ chat: GAZETTE }, { confirm: true });
  const asking = `https://t.me/+${sandbox.world.invite(GAZETTE, { requestNeeded: true })}`;
  expect((await actions.joinChat({ chat: asking })).warnings.join()).toContain("admin");
  expect(await actions.joinChat({ chat: asking }, { confirm: true })).toMatchObject({ result: { requested: true } });
  expect(isIn(sandbox, GAZETTE)).toBe(false);
  const open_ = `t.me/+${sandbox.world.invite(GAZETTE)}`;
  const { id } = sandbox.world.chat(GAZETTE);
  expect(await actions.joinChat({ chat: open_ }, { confirm: true })).toMatchObject({ result: { chatId: id } });
  expect(isIn(sandbox, GAZETTE)).toBe(true);
});

it("A link to a chat that the allowlist cannot know, and what is no such chat, are refused", async () => {
  await using sandbox = await startSandbox();
  await using desk = await gated(sandbox, { allow: [GAZETTE], approver: approvers.callback(() => true) });
  const { actions } = desk.client;
  await actions.leaveDialog({ chat: GAZETTE }, { confirm: true });
  const link = `https://t.me/+${sandbox.world.invite(GAZETTE)}`;
  expect(await refusalOf(actions.joinChat({ chat: link }))).toBe("not_allowed");
  expect(await refusalOf(actions.joinChat({ chat: "@jonas_lq" }))).toBe("input_invalid");
});

it("Nobody joins more groups than the limit allows", async () => {
  await using sandbox = await startSandbox();
  const openWith = (maxGroups: number) =>
    GuardedClient.open({
      ...sandbox.clientOptions(),
      limits: { mode: "off", maxGroups },
      actions: { allow: [GAZETTE], approver: approvers.callback(() => true) },
    });
  await using client = await openWith(1000);
  await client.actions.leaveDialog({ chat: GAZETTE }, { confirm: true });
  const dialogs = await client.read.dialogs().toArray({ limit: 100 });
  const count = dialogs.filter(({ kind }) => kind !== "user").length;
  await using full = await openWith(count);
  await expect(full.actions.joinChat({ chat: GAZETTE })).rejects.toMatchObject({
    code: "too_many_groups",
    details: { limit: count, count },
  });
  await using free = await openWith(count + 1);
  expect((await free.actions.joinChat({ chat: GAZETTE }, { confirm: true })).status).toBe("done");
});
