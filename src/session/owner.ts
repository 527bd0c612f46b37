import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { z } from "zod";
import { definedOnly } from "../defined-only.js";
import type { SessionOwner, SessionPlane } from "../errors.js";

const word = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u);

export const ownerSchema = z.strictObject({
  pid: z.int().positive(),
  host: word,
  program: word,
  since: z.iso.datetime(),
  plane: z.enum(["read", "actions"]).exactOptional(),
  /** When the process began, as the system counts it: another process may get the same number later. */
  began: word.exactOptional(),
});

/** A process as it writes itself down. */
export type NotedOwner = z.infer<typeof ownerSchema>;

/** This process. */
export const thisOwner = (plane: SessionPlane | undefined): NotedOwner => ({
  pid: process.pid,
  host: hostname(),
  program: visible(basename(process.argv[1] ?? process.title)) || "node",
  since: new Date().toISOString(),
  ...definedOnly({ plane, began: beganOf(process.pid) }),
});

const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 100);

/** Whether the process that wrote this lives; `unknown` for one of another host. */
export function isAlive({ pid, host, began }: NotedOwner): boolean | "unknown" {
  if (host !== hostname()) return "unknown";
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process lives, too.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = beganOf(pid);
  return began === undefined || now === undefined || began === now;
}

/** Only Linux tells it without a program: the 22nd field (proc_pid_stat(5)), after a name that may have blanks. */
function beganOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** As errors tell it. */
export const toldOwner = ({ pid, host, program, since, plane }: NotedOwner): SessionOwner => ({
  pid,
  host,
  program,
  since,
  ...definedOnly({ plane }),
});

export const describeOwner = ({ pid, host, program, since, plane }: SessionOwner): string =>
  `${program} (process ${pid} on ${host}${plane === undefined ? "" : `, for ${plane}`}, since ${since})`;
