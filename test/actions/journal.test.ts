import { readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  approvers,
  AuditDesk,
  GuardedClient,
  memoryStore,
  OperatorDesk,
  openAuditTrail,
  type ActionsOptions,
  type Guard,
} from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { storeIdOf } from "../../src/stores/store-id.js";
import { trailIn } from "../../src/audit/desk.js";
import { tempFolder } from "../support/temp-folder.js";
import { copies, LAB, PERSON, TEXT } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** A client with an audit trail of its own. */
async function journalled(actions: ActionsOptions = {}, perAttempt: readonly Guard[] = []) {
  const store = memoryStore();
  const folder = await tempFolder();
  const dataDir = folder.file("data");
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    dataDir,
    store,
    limits: { mode: "off", pauses: { everyDirectMessages: 0 } },
    guards: { perAttempt },
    actions: { allow: [LAB], approver: approvers.code({ minAgeMs: 0 }), ...actions },
  });
  return {
    client,
    store,
    dataDir,
    audit: join(dataDir, "audit"),
    async lines() {
      const found = await new AuditDesk({ store, dataDir }).last(100);
      return found.map(({ event, code, status, approver }) =>
        [event, code ?? status ?? approver].filter(Boolean).join(" "),
      );
    },
    verify: () => new AuditDesk({ store, dataDir }).verify(),
    async [Symbol.asyncDispose]() {
      await client.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

describe("The audit trail of actions", () => {
  test("tells of the preview, the claim and the outcome, and of a repetition", async () => {
    await using desk = await journalled();
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text: "on the record" });
    await preview.execute({ confirmationText: TEXT });
    await preview.execute({ confirmationText: TEXT });
    expect(await desk.lines()).toEqual(["preview code", "claimed code", "done", "done repeated"]);
    expect(await desk.verify()).toMatchObject([{ ok: true, count: 4 }]);
  });

  test("names the action, its digest and its targets by id, and holds no text, title or name", async () => {
    await using desk = await journalled();
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text: "a secret of ours" });
    await preview.execute({ confirmationText: TEXT });
    const [file = ""] = await readdir(desk.audit);
    const text = await readFile(join(desk.audit, file), "utf8");
    const { actionId, digest, targets, approval } = preview;
    expect(text).toContain(`"actionId":"${actionId}","digest":"${digest}","operation":"sendMessage"`);
    expect(text).toContain(`"targets":[{"id":${targets[0]?.id},"kind":"supergroup"}]`);
    for (const secret of ["a secret of ours", "tidewater", "Tidewater", TEXT, approval.code ?? "?"]) {
      expect(text).not.toContain(secret);
    }
  });

  test.each([
    ["not_allowed", PERSON, {}],
    ["confirmation_required", LAB, { confirm: false }],
    ["approval_invalid", LAB, { confirm: true, confirmationText: TEXT, approvalCode: "WRONG-CODE" }],
    ["confirmation_text_invalid", LAB, { confirm: true, confirmationText: "no" }],
  ])("tells of a refusal: %s", async (code, chat, gate) => {
    await using desk = await journalled();
    const refused = desk.client.actions.sendMessage({ chat, text: "refused" }, { confirm: true, ...gate });
    expect(await refused.catch(codeOf)).toBe(code);
    expect(await desk.lines()).toEqual([`refused ${code}`]);
  });

  test("tells what a person at hand decided", async () => {
    let answer = false;
    await using desk = await journalled({ approver: approvers.callback(() => Promise.resolve(answer)) });
    const send = () => desk.client.actions.sendMessage({ chat: LAB, text: "asked" }, { confirm: true });
    expect(await send().catch(codeOf)).toBe("approval_rejected");
    answer = true;
    await send();
    expect(await desk.lines()).toEqual(["rejected callback", "approved callback", "claimed callback", "done"]);
  });

  test("tells what the operator decided, before it counts", async () => {
    await using desk = await journalled({ approver: approvers.operator({ waitMs: 0 }) });
    const { client, store, dataDir } = desk;
    const send = () => client.actions.sendMessage({ chat: LAB, text: "for the operator" }, { confirm: true });
    const asked = await send();
    const storeId = await storeIdOf(store);
    const operator = new OperatorDesk({
      store,
      trailOf: (account) => openAuditTrail(trailIn({ dataDir, store, storeId, account })),
    });
    await operator.approve(asked.actionId);
    await send();
    expect(await desk.lines()).toEqual(["approved operator", "claimed operator", "done"]);
  });

  test("tells of an end in failure, and of one that nobody knows", async () => {
    await using desk = await journalled();
    const send = async (text: string) => {
      const preview = await desk.client.actions.sendMessage({ chat: LAB, text });
      return preview.execute({ confirmationText: TEXT }).catch(codeOf);
    };
    sandbox.faults.add({ method: "messages.sendMessage", error: "CHAT_WRITE_FORBIDDEN", times: 1 });
    expect(await send("forbidden")).toBe("telegram_error");
    expect(await desk.lines()).toEqual(["preview code", "claimed code", "failed telegram_error"]);
  });
});

describe("A broken audit trail", () => {
  test("lets nothing be sent, and gives the approval back", async () => {
    await using desk = await journalled();
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text: "only on the record" });
    const [file = ""] = await readdir(desk.audit);
    const path = join(desk.audit, file);
    const whole = await readFile(path);
    await truncate(path, 10);
    expect(await preview.execute({ confirmationText: TEXT }).catch(codeOf)).toBe("audit_broken");
    expect(copies(sandbox, "only on the record")).toBe(0);
    await writeFile(path, whole);
    expect(await preview.execute({ confirmationText: TEXT })).toMatchObject({ status: "done", repeated: false });
    expect(await desk.verify()).toMatchObject([{ ok: true }]);
  });

  test("lets nothing be previewed either", async () => {
    await using desk = await journalled();
    await desk.client.actions.sendMessage({ chat: LAB, text: "first" });
    await rm(desk.audit, { recursive: true });
    const preview = desk.client.actions.sendMessage({ chat: LAB, text: "second" });
    expect(await preview.catch(codeOf)).toBe("audit_broken");
  });

  test("does not turn what was sent into a failure: an event tells, and the next line brings it along", async () => {
    let onSent = (): Promise<void> => Promise.resolve();
    const guard: Guard = async (call, next) => {
      const answer = await next(call);
      if (call.method === "messages.sendMessage") await onSent();
      return answer;
    };
    await using desk = await journalled({}, [guard]);
    const heard: object[] = [];
    desk.client.on("audit", (event) => heard.push(event));
    const preview = await desk.client.actions.sendMessage({ chat: LAB, text: "sent anyway" });
    onSent = () => rename(desk.audit, `${desk.audit}.away`);
    expect(await preview.execute({ confirmationText: TEXT })).toMatchObject({ status: "done" });
    expect(heard).toEqual([{ event: "done", actionId: preview.actionId, code: "audit_broken" }]);
    await rename(`${desk.audit}.away`, desk.audit);
    await preview.execute({ confirmationText: TEXT });
    expect(await desk.lines()).toEqual(["preview code", "claimed code", "done", "done repeated"]);
    expect(await desk.verify()).toMatchObject([{ ok: true }]);
  });
});
