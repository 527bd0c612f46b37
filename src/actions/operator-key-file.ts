import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { GuardError } from "../errors.js";
import { isMissing } from "../system-error.js";
import { parseOperatorKey } from "./operator-key.js";
import type { ActionsPolicy } from "./policy.js";

const keyPath = (dataDir: string): string => join(dataDir, "operator.key");

/** The operator's key in the data folder, if there is one. */
export function readOperatorKey(dataDir: string): string | undefined {
  try {
    return readFileSync(keyPath(dataDir), "utf8").trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Writes the key for its owner alone, and never over another.
 *
 * @throws {@link GuardError} `file_exists`
 */
export function writeOperatorKey(dataDir: string, line: string): string {
  const path = keyPath(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, `${line}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
    throw new GuardError("file_exists", `${path} holds an operator's key already.`, {
      details: { path },
      nextStep: "Delete it first if the secret is lost; questions that are open then cannot be read any more.",
      cause,
    });
  }
  return path;
}

/** The policy with the operator's key that the options name, or else that of the data folder. */
export function withOperatorKey(policy: ActionsPolicy, dataDir: string): ActionsPolicy {
  const { approver } = policy;
  if (approver.mode !== "operator") return policy;
  const key = approver.key ?? readOperatorKey(dataDir);
  if (key === undefined) return policy;
  parseOperatorKey(key);
  return { ...policy, approver: { ...approver, key } };
}
