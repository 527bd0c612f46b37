import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "smol-toml";
import { policyFile } from "tg-guarded";

/** What was done about the policy, in lines for a person. */
export type Told = readonly string[];

/** A chat as the allowlist names it. @throws Error for another text */
export function assertChat(text: string): void {
  if (!/^(@?\w+|-\d+)$/.test(text))
    throw new Error(`${text} is neither a @name nor an id: --allow takes one chat each time.`);
}

/**
 * Writes the policy for actions where there is none, for its owner alone. One that is there is the user's own, and left.
 *
 * @param allow the chats that may be written to; without any, nothing may be written
 */
export function keepPolicy(allow: readonly string[]): Told {
  const path = policyFile(process.env);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, policyText(allow), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const ignored = allow.length === 0 ? [] : ["--allow has changed nothing in it: add the chats there yourself."];
    return [`The policy for actions stands in ${path} already, and was left as it is:`, ...saidIn(path), ...ignored];
  }
  return [`The policy for actions was written to ${path}:`, ...saidIn(path)];
}

function policyText(allow: readonly string[]): string {
  const chats = `TG_ACTIONS_ALLOWED_GROUPS = [${allow.map((chat) => JSON.stringify(chat)).join(", ")}]`;
  return `# What the programs of this user may do at most on Telegram: the environment and other files can only tighten it.
# Its keys are the names of variables; tg-guarded env-sample tells them all.

# Whether anything may be written at all.
TG_ACTIONS_ENABLED = ${String(allow.length > 0)}

# The only chats that may be written to: @names and ids.
${allow.length > 0 ? chats : `# ${chats.replace("[]", '["@name", "-1001234567890"]')}`}

# Who approves each write. auto: the person in front of the program, else the operator (tg-guarded approvals);
# operator: that one alone.
TG_ACTIONS_APPROVER = "auto"

# The only chats that may be read; without it, all.
# TG_READ_ALLOWED_CHATS = ["@name", "folder:Work"]

# How much in a day.
# MAX_DM_PER_DAY = 20
# MAX_GROUP_MSGS_PER_DAY = 30
`;
}

/** What counts most in it. The parser's own error shows the line, which need not be for all eyes. */
function saidIn(path: string): Told {
  let policy: Readonly<Record<string, unknown>>;
  try {
    policy = parse(readFileSync(path, "utf8"));
  } catch {
    return ["  It cannot be read as TOML: no program starts before that is mended."];
  }
  const { TG_ACTIONS_ENABLED: enabled, TG_ACTIONS_ALLOWED_GROUPS: groups, TG_ACTIONS_APPROVER: approver } = policy;
  const mayWrite = enabled === true || enabled === 1 || enabled === "1";
  return [
    mayWrite
      ? "  Writing is allowed."
      : "  Nothing may be written; TG_ACTIONS_ENABLED = true and chats there allow it.",
    `  Chats: ${inWords(groups) ?? "none"}`,
    `  Who approves: ${inWords(approver) ?? "auto"}`,
  ];
}

const inWords = (value: unknown): string | undefined =>
  [value]
    .flat()
    .filter((entry) => typeof entry !== "object" && entry !== undefined)
    .map(String)
    .join(", ") || undefined;
