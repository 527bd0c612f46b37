import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, newOperatorKey, type ActionsOptions, type Gate } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { attempt, copies, freshStore, gated, LAB, PERSON, TEXT } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

let texts = 0;
const fresh = (): string => `Gate ${++texts}`;

/** What becomes of a send that has everything it needs, but for what the test changes. */
async function sendWith(
  actions: ActionsOptions,
  gate: Partial<Gate> = {},
  chat = LAB,
  text = fresh(),
): Promise<string> {
  await using desk = await gated(sandbox, actions);
  const { approval } = await desk.client.actions.sendMessage({ chat, text });
  const code = approval.code === undefined ? {} : { approvalCode: approval.code };
  const outcome = await attempt(
    desk.client,
    { chat, text },
    { confirm: true, confirmationText: TEXT, ...code, ...gate },
  );
  expect(copies(sandbox, text)).toBe(outcome === "sent" ? 1 : 0);
  return outcome;
}

const UNSAFE = { unsafeOverride: true } as const;

describe("every gate", () => {
  it("lets pass what has everything", async () => {
    expect(await sendWith({})).toBe("sent");
  });

  it("enabled: is off with its option alone, previews included", async () => {
    await using desk = await gated(sandbox, { enabled: false });
    await expect(desk.client.actions.sendMessage({ chat: LAB, text: fresh() })).rejects.toMatchObject({
      code: "write_denied",
    });
    expect(desk.client.actions.policy()).toMatchObject({ enabled: false, blockReason: "Actions are not enabled." });
  });

  it("allowlist: keeps out what is not on it, unless the option says so", async () => {
    await using desk = await gated(sandbox, { allow: [PERSON] });
    const input = { chat: LAB, text: fresh() };
    await expect(desk.client.actions.sendMessage(input)).rejects.toMatchObject({ code: "not_allowed" });
    expect(await attempt(desk.client, input, { confirm: true, confirmationText: TEXT })).toBe("not_allowed");
    expect(await sendWith({ allow: [PERSON], requireAllowlist: false, ...UNSAFE })).toBe("sent");
  });

  it("allowlist: takes id, -100 id, @name and title of one chat for one", async () => {
    const { id, title } = sandbox.world.chat(LAB);
    for (const chat of [id, String(id), LAB, title]) {
      await using desk = await gated(sandbox, { allow: [id] });
      const { targets } = await desk.client.actions.sendMessage({ chat, text: "the same" });
      expect(targets).toMatchObject([{ id }]);
    }
  });

  it("allowlist: a @name that went to somebody else after the preview is refused and reported", async () => {
    const [before, after] = ["@jonas_lq", "@tide_tables_bot"].map((name) => sandbox.world.chat(name).id);
    const chat = "@jonas_lq";
    await using desk = await gated(sandbox, { approver: approvers.code({ minAgeMs: 0, ttlMs: 7 * 86_400_000 }) });
    const preview = await desk.client.actions.sendMessage({ chat, text: fresh() });
    await desk.clock.advance(86_400_000);
    sandbox.world.moveUsername("jonas_lq", after ?? 0);
    try {
      await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({
        code: "name_moved",
        details: { was: before, is: after },
      });
    } finally {
      sandbox.world.moveUsername("jonas_lq", before ?? 0);
    }
  });

  it("message length: counts what is sent, and goes by its option", async () => {
    await using desk = await gated(sandbox, { maxMessageLength: 5 });
    const preview = (text: string) => desk.client.actions.sendMessage({ chat: LAB, text });
    await expect(preview("123456")).rejects.toMatchObject({ code: "input_invalid" });
    expect(await preview("  12345 ")).toMatchObject({ text: "12345" });
    await using usual = await gated(sandbox);
    const long = usual.client.actions.sendMessage({ chat: LAB, text: "x".repeat(2001) });
    await expect(long).rejects.toMatchObject({ code: "input_invalid" });
  });

  it("confirm: is needed unless the option says so", async () => {
    expect(await sendWith({}, { confirm: false })).toBe("confirmation_required");
    expect(await sendWith({ requireConfirm: false }, { confirm: false })).toBe("sent");
  });

  it("confirmation text: is needed, and long enough, unless the option says so", async () => {
    for (const confirmationText of ["", "   ", "short", " shor   "]) {
      expect(await sendWith({}, { confirmationText })).toBe("confirmation_text_invalid");
    }
    expect(await sendWith({ minConfirmTextLength: 3 }, { confirmationText: "yes" })).toBe("sent");
    expect(await sendWith({ requireConfirmationText: false, ...UNSAFE }, { confirmationText: "" })).toBe("sent");
  });

  it("confirmation phrase: must be the one, trimmed and in any case, plain or known by its hash", async () => {
    const sha256 = createHash("sha256").update("ja, senden").digest("hex");
    for (const confirmationPhrase of ["Ja, senden", { sha256 }]) {
      expect(await sendWith({ confirmationPhrase }, { confirmationText: "  JA, Senden\n" })).toBe("sent");
      expect(await sendWith({ confirmationPhrase }, { confirmationText: "ja senden" })).toBe(
        "confirmation_text_invalid",
      );
    }
  });

  it("confirmation phrase: is shown only where the option says so, and a weak one is told", async () => {
    const previewed = async (actions: ActionsOptions) => {
      await using desk = await gated(sandbox, actions);
      return await desk.client.actions.sendMessage({ chat: LAB, text: fresh() });
    };
    const hidden = await previewed({ confirmationPhrase: "open sesame" });
    expect(JSON.stringify(hidden)).not.toContain("sesame");
    const shown = await previewed({ confirmationPhrase: "open sesame", showPhrase: true });
    expect(shown.approval.confirmationText).toBe("open sesame");
    expect(shown.warnings.join()).toContain("shown with the preview");
    expect((await previewed({})).warnings.join()).toContain("any text of 6 characters");
    expect((await previewed({ approver: approvers.operator() })).warnings.join()).toContain("has no secret");
    const key = newOperatorKey("a good secret");
    expect((await previewed({ approver: approvers.operator({ key }) })).warnings).toEqual([]);
  });

  it("approval code: is needed unless the option says so", async () => {
    expect(await sendWith({}, { approvalCode: "" })).toBe("approval_invalid");
    expect(await sendWith({}, { approvalCode: "AAAA0000" })).toBe("approval_invalid");
    expect(await sendWith({ requireApprovalCode: false, ...UNSAFE })).toBe("sent");
  });

  it("approval code: is neither early nor late, by the times of the options or else half a minute and half an hour", async () => {
    await using desk = await gated(sandbox, { approver: approvers.code() });
    const input = { chat: LAB, text: fresh() };
    const { approval } = await desk.client.actions.sendMessage(input);
    const gate = { confirm: true, confirmationText: TEXT, approvalCode: approval.code ?? "" };
    await desk.clock.advance(29_999);
    expect(await attempt(desk.client, input, gate)).toBe("approval_too_early");
    await desk.clock.advance(1);
    expect(await attempt(desk.client, input, gate)).toBe("sent");

    const late = { chat: LAB, text: fresh() };
    const { approval: other } = await desk.client.actions.sendMessage(late);
    await desk.clock.advance(1_800_000);
    expect(await attempt(desk.client, late, { ...gate, approvalCode: other.code ?? "" })).toBe("approval_expired");
    expect(copies(sandbox, late.text)).toBe(0);
  });

  it("idempotency: refuses a repetition within the window, unless it is forced or the option says so", async () => {
    const twice = async (actions: ActionsOptions, gate: Partial<Gate> = {}): Promise<string> => {
      await using desk = await gated(sandbox, actions);
      const input = { chat: LAB, text: fresh() };
      const send = async (): Promise<string> => {
        const { approval } = await desk.client.actions.sendMessage(input);
        const code = { approvalCode: approval.code ?? "" };
        return attempt(desk.client, input, { confirm: true, confirmationText: TEXT, ...code, ...gate });
      };
      expect(await send()).toBe("sent");
      return await send();
    };
    expect(await twice({})).toBe("already_done");
    expect(await twice({}, { forceResend: true })).toBe("sent");
    expect(await twice({ idempotency: false, ...UNSAFE })).toBe("sent");
  });

  it("own policies: are asked for the preview and again for the execution", async () => {
    let says: "yes" | "no" = "no";
    const policies = [
      ({ text }: { readonly text?: string }) => {
        if (says === "no") throw new Error(`not "${text ?? ""}"`);
      },
    ];
    await using desk = await gated(sandbox, { policies });
    const input = { chat: LAB, text: fresh() };
    await expect(desk.client.actions.sendMessage(input)).rejects.toMatchObject({
      code: "policy_refused",
      message: `A policy of yours refused the action: not "${input.text}"`,
    });
    says = "yes";
    const preview = await desk.client.actions.sendMessage(input);
    says = "no";
    await expect(preview.execute({ confirmationText: TEXT })).rejects.toMatchObject({ code: "policy_refused" });
    expect(copies(sandbox, input.text)).toBe(0);
    says = "yes";
    expect(await preview.execute({ confirmationText: TEXT })).toMatchObject({ status: "done" });
  });
});

describe("a gate that was taken away", () => {
  const weakened: readonly ActionsOptions[] = [
    { requireAllowlist: false },
    { requireConfirmationText: false },
    { requireApprovalCode: false },
    { idempotency: false },
    { idempotencyWindowMs: 0 },
    { directWrites: { block: false } },
    { directWrites: { allow: true } },
    { directWrites: { enforceActionProcess: false } },
  ];

  it.each(weakened)("turns actions off, and says why: %j", async (actions) => {
    await using desk = await gated(sandbox, actions);
    const report = desk.client.actions.policy();
    expect(report).toMatchObject({ enabled: false, unsafe: [{}], blockReason: report.safeStartupBlockReason });
    const call = desk.client.actions.sendMessage({ chat: LAB, text: fresh() });
    await expect(call).rejects.toMatchObject({ code: "write_denied", message: report.blockReason });
  });

  it.each(weakened)("is said with every preview where it is meant: %j", async (actions) => {
    await using desk = await gated(sandbox, { ...actions, unsafeOverride: true });
    expect(desk.client.actions.policy()).toMatchObject({ enabled: true, unsafe: [{}], unsafeOverride: true });
    const { warnings } = await desk.client.actions.sendMessage({ chat: LAB, text: fresh() });
    expect(warnings.filter((warning) => warning.startsWith("UNSAFE"))).toHaveLength(1);
  });

  it("cannot be overridden where the process may not write", async () => {
    for (const directWrites of [{ context: "read_mcp" }, { actionProcess: false }, { context: "x", contexts: ["x"] }]) {
      expect(await gatedIsEnabled({ directWrites, unsafeOverride: true })).toBe(false);
    }
    expect(await gatedIsEnabled({ directWrites: { context: "actions_mcp", actionProcess: true } })).toBe(true);
  });

  const gatedIsEnabled = async (actions: ActionsOptions): Promise<boolean> => {
    await using desk = await gated(sandbox, actions);
    return desk.client.actions.policy().enabled;
  };
});

describe("wrong codes and phrases", () => {
  it("lock both for a while, for all who share the account's state, the right ones included", async () => {
    const shared = freshStore();
    const actions = { confirmationPhrase: "open sesame", maxWrongAttempts: 3, lockMs: 60_000 };
    await using one = await gated(sandbox, actions, shared);
    await using other = await gated(sandbox, actions, shared);
    const input = { chat: LAB, text: fresh() };
    const { approval } = await one.client.actions.sendMessage(input);
    const right = { confirm: true, confirmationText: "open sesame", approvalCode: approval.code ?? "" };

    expect(await attempt(one.client, input, { ...right, confirmationText: "open" })).toBe("confirmation_text_invalid");
    expect(await attempt(other.client, input, { ...right, approvalCode: "AAAA0000" })).toBe("approval_invalid");
    expect(await attempt(one.client, input, { ...right, confirmationText: "barley" })).toBe("approval_locked");
    await expect(other.client.actions.sendMessage(input, right)).rejects.toMatchObject({
      code: "approval_locked",
      details: { retryAfterMs: 60_000 },
    });
    expect(copies(sandbox, input.text)).toBe(0);
    await shared.clock.advance(60_000);
    expect(await attempt(other.client, input, right)).toBe("sent");
  });

  it("lock codes also where no text is asked for", async () => {
    const unconfirmed = { requireConfirmationText: false, unsafeOverride: true, maxWrongAttempts: 2, lockMs: 60_000 };
    await using desk = await gated(sandbox, unconfirmed);
    const input = { chat: LAB, text: fresh() };
    const { approval } = await desk.client.actions.sendMessage(input);
    const right = { confirm: true, approvalCode: approval.code ?? "" };

    expect(await attempt(desk.client, input, { ...right, approvalCode: "AAAA0000" })).toBe("approval_invalid");
    expect(await attempt(desk.client, input, { ...right, approvalCode: "AAAA0001" })).toBe("approval_locked");
    expect(await attempt(desk.client, input, right)).toBe("approval_locked");
    await desk.clock.advance(60_000);
    expect(await attempt(desk.client, input, right)).toBe("sent");
  });

  it("do not count what was left out, nor a replay that is answered", async () => {
    await using desk = await gated(sandbox, { maxWrongAttempts: 1 });
    const input = { chat: LAB, text: fresh() };
    const { approval } = await desk.client.actions.sendMessage(input);
    const right = { confirm: true, confirmationText: TEXT, approvalCode: approval.code ?? "" };
    expect(await attempt(desk.client, input, { ...right, approvalCode: " " })).toBe("approval_invalid");
    expect(await attempt(desk.client, input, { ...right, confirmationText: "" })).toBe("confirmation_text_invalid");
    expect(await attempt(desk.client, input, right)).toBe("sent");
    expect(await attempt(desk.client, input, right)).toBe("repeated");
  });
});
