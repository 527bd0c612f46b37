import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approvers, type Approver } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { attempt, copies, gated, LAB } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const PHRASE = "so be it";
const MIN_AGE_MS = 30_000;
const TTL_MS = 60_000;

interface Case {
  readonly mode: "code" | "none" | "yes" | "no";
  readonly confirm: boolean;
  readonly text: "right" | "wrong" | "absent";
  readonly code: "right" | "wrong" | "absent" | "of another text" | "of another account";
  readonly when: "early" | "in time" | "late";
  readonly before: "nothing" | "done";
  readonly forceResend: boolean;
}

const cases = fc.record<Case>({
  mode: fc.constantFrom("code", "code", "code", "none", "yes", "no"),
  confirm: fc.constantFrom(true, true, true, false),
  text: fc.constantFrom("right", "right", "right", "wrong", "absent"),
  code: fc.constantFrom("right", "right", "right", "wrong", "absent", "of another text", "of another account"),
  when: fc.constantFrom("early", "in time", "in time", "late"),
  before: fc.constantFrom("nothing", "nothing", "done"),
  forceResend: fc.boolean(),
});

/** The rules in a few lines: what must become of it. */
function expected({ mode, confirm, text, code, when, before, forceResend }: Case): string {
  const again = before === "done" && !forceResend;
  if (!confirm) return "confirmation_required";
  if (mode === "yes" || mode === "no") {
    if (again) return "already_done";
    return mode === "yes" ? "sent" : "approval_rejected";
  }
  if (text !== "right") return "confirmation_text_invalid";
  if (mode === "none") return again ? "already_done" : "sent";
  if (code !== "right") return "approval_invalid";
  if (when !== "in time") return when === "early" ? "approval_too_early" : "approval_expired";
  return again ? "already_done" : "sent";
}

const approverOf = (mode: Case["mode"]): Approver =>
  mode === "code" || mode === "none"
    ? approvers.code({ minAgeMs: MIN_AGE_MS, ttlMs: TTL_MS })
    : approvers.callback(() => mode === "yes");

const OPEN: Case = {
  mode: "code",
  confirm: true,
  text: "right",
  code: "right",
  when: "in time",
  before: "nothing",
  forceResend: false,
};
/** One of each kind, so that no run of luck leaves one out. */
const EXAMPLES: [Case][] = [
  [OPEN],
  [{ ...OPEN, confirm: false }],
  [{ ...OPEN, text: "wrong" }],
  [{ ...OPEN, code: "of another text" }],
  [{ ...OPEN, code: "of another account" }],
  [{ ...OPEN, when: "early" }],
  [{ ...OPEN, when: "late" }],
  [{ ...OPEN, before: "done" }],
  [{ ...OPEN, before: "done", forceResend: true }],
  [{ ...OPEN, mode: "none" }],
  [{ ...OPEN, mode: "no" }],
];

let texts = 0;

async function happens(each: Case): Promise<readonly [outcome: string, sent: number]> {
  const input = { chat: LAB, text: `Combination ${++texts}` };
  const actions = {
    approver: approverOf(each.mode),
    requireApprovalCode: each.mode !== "none",
    confirmationPhrase: PHRASE,
    unsafeOverride: true,
  };
  await using desk = await gated(sandbox, actions);
  await using stranger = await gated(sandbox, actions);
  const codeFor = async (client: typeof desk.client, text: string): Promise<string> =>
    (await client.actions.sendMessage({ ...input, text })).approval.code ?? "";
  if (each.before === "done") {
    const first = { confirm: true, confirmationText: PHRASE, approvalCode: await codeFor(desk.client, input.text) };
    await using allowing = await gated(
      sandbox,
      { ...actions, approver: approverOf(each.mode === "no" ? "yes" : each.mode) },
      desk,
    );
    await desk.clock.advance(MIN_AGE_MS);
    expect(await attempt(allowing.client, input, first)).toBe("sent");
  }
  const right = await codeFor(desk.client, input.text);
  const approvalCode = {
    right,
    wrong: "AAAA0000",
    absent: "",
    "of another text": await codeFor(desk.client, `${input.text}!`),
    "of another account": await codeFor(stranger.client, input.text),
  }[each.code];
  await desk.clock.advance({ early: MIN_AGE_MS - 1, "in time": MIN_AGE_MS, late: TTL_MS }[each.when]);
  const confirmationText = { right: ` ${PHRASE.toUpperCase()} `, wrong: "so be it not", absent: "" }[each.text];
  const { confirm, forceResend } = each;
  const outcome = await attempt(desk.client, input, { confirm, confirmationText, approvalCode, forceResend });
  return [outcome, copies(sandbox, input.text) - (each.before === "done" ? 1 : 0)];
}

it("A message is sent if and only if every gate is open, whatever the combination", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(cases, async (each) => {
      const outcome = expected(each);
      seen.add(outcome);
      expect(await happens(each)).toEqual([outcome, outcome === "sent" ? 1 : 0]);
    }),
    { numRuns: 80, examples: EXAMPLES },
  );
  expect([...seen].sort()).toEqual([
    "already_done",
    "approval_expired",
    "approval_invalid",
    "approval_rejected",
    "approval_too_early",
    "confirmation_required",
    "confirmation_text_invalid",
    "sent",
  ]);
});
