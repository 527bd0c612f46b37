import { withOperatorKey } from "../actions/operator-key-file.js";
import { actionsSchema } from "../actions/policy.js";
import { policyReport } from "../actions/policy-report.js";
import { readActions } from "../env/actions.js";
import type { Env } from "../env/values.js";
import type { SessionPlane } from "../errors.js";
import { parseInput } from "../input.js";
import { fault, ok, warning, type Finding } from "./finding.js";

/**
 * Whether something may be written, and which gates were taken away or are weak. Where no approver is named, the server for
 * actions can ask the person in front of its host.
 */
export function examineGates(env: Env, dataDir: string, plane?: SessionPlane): readonly Finding[] {
  const named = { enabled: false, ...readActions(env, plane === "actions" ? "auto" : "code") };
  const policy = withOperatorKey(parseInput(actionsSchema, named, "actions"), dataDir);
  const report = policyReport(policy);
  const { unsafe, weak, allow, approver, needs } = report;
  if (!policy.enabled) {
    // Who cannot write needs no allowlist; a gate that was taken away would be missing later.
    const taken = unsafe.filter(({ gate }) => gate !== "allow");
    return [
      ok("gates", "Actions are off: nothing can be written."),
      ...taken.map(({ text }) => warning("gates", `Once actions are on: ${text}`, GIVE_BACK)),
    ];
  }
  const isUnnamed = unsafe.length === 1 && unsafe[0]?.gate === "allow";
  const chats = allow.length === 1 ? "one chat" : `${allow.length} chats`;
  const state =
    report.blockReason === undefined
      ? ok("gates", `Actions are on for ${chats}; ${approver} approves; a gate must hold: ${needs.join(", ")}.`)
      : fault("gates", `Nothing can be written. ${report.blockReason}`, isUnnamed ? NAME_CHATS : GIVE_BACK);
  return [state, ...weak.map((text) => warning("gates", text, text.startsWith("UNSAFE") ? GIVE_BACK : mendOf(text)))];
}

const GIVE_BACK = "Take the variable away that weakens it: tg-guarded env-sample shows what holds otherwise.";

const NAME_CHATS = "Name the chats that may be written to: TG_ACTIONS_ALLOWED_GROUPS";

function mendOf(text: string): string {
  if (text.includes("phrase"))
    return "Set TG_ACTIONS_CONFIRMATION_PHRASE to sha256: and its hash, or TG_ACTIONS_APPROVER=operator.";
  return text.includes("secret") ? "tg-guarded approvals init" : "Take TG_ACTIONS_APPROVAL_MIN_AGE_SEC away.";
}
