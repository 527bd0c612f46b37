import { resolve } from "node:path";
import type { SessionPlane } from "tg-guarded";
import { version } from "../../mcp/version.js";
import { plainText } from "../plain-text.js";
import { serverEntries, type ServerEntry } from "./entry.js";
import { HOST_NAMES, HOSTS, printFor, type Format, type HostName } from "./hosts.js";
import { assertChat, keepPolicy } from "./policy.js";
import { assertApart, chosenSession, wholePath, type ChosenSession } from "./sessions.js";
import { writeOut } from "./write-out.js";

export const PROFILES = ["read", "actions", "full"] as const;

export interface McpConfigFlags {
  readonly profile: (typeof PROFILES)[number];
  readonly readSession?: string;
  readonly actionsSession?: string;
  readonly host?: HostName;
  readonly format?: Format;
  readonly windows?: boolean;
  readonly out?: string;
  readonly force?: boolean;
  readonly allow?: readonly string[];
  /** These two are the program's own. */
  readonly envFile?: string;
  readonly account?: string;
}

/** Prints what hosts are to be told. With one host named, standard output has what is to be pasted, and nothing else. */
export async function runMcpConfig(flags: McpConfigFlags): Promise<void> {
  const { host, format, out, force = false, allow = [] } = flags;
  const windows = flags.windows ?? process.platform === "win32";
  if (host === undefined && (format !== undefined || out !== undefined))
    throw new Error(`Name the host, too: --host ${HOST_NAMES.join(", ")}`);
  if (out !== undefined && format === "command")
    throw new Error("A command is typed, and stands in no file: leave --out.");
  const servers = await serversFor(flags, windows);
  const printed = (host === undefined ? HOST_NAMES : [host]).map((name) => ({
    title: HOSTS[name].title,
    ...printFor(name, servers, { windows, format }),
  }));
  if (out !== undefined) writeOut(resolve(out), printed[0]?.text ?? "", { replace: force });
  const policy = flags.profile === "read" ? [] : keepPolicy(allow);
  if (host === undefined) {
    for (const { title, where, text } of printed) process.stdout.write(`# ${title}: ${where}\n\n${text}\n`);
    tell(policy);
    return;
  }
  for (const { where, text } of printed) {
    if (out === undefined) process.stdout.write(text);
    tell([out === undefined ? `For ${where}.` : `Written to ${resolve(out)}; it belongs to ${where}.`, ...policy]);
  }
}

async function serversFor(flags: McpConfigFlags, windows: boolean): Promise<readonly ServerEntry[]> {
  const { profile, envFile, account, allow = [] } = flags;
  const chosen = (given: string | undefined): ChosenSession | undefined =>
    given === undefined ? undefined : chosenSession(given, windows);
  const [read, actions] = [chosen(flags.readSession), chosen(flags.actionsSession)];
  assertFitting(profile, read, actions);
  if (profile === "read" && allow.length > 0) throw new Error("--allow is for writing: add --profile actions or full.");
  allow.forEach(assertChat);
  if (profile === "full" && read !== undefined && actions !== undefined) await assertApart(read, actions);
  const sessions: Partial<Record<SessionPlane, ChosenSession | undefined>> = {
    ...(profile === "actions" ? {} : { read }),
    ...(profile === "read" ? {} : { actions }),
  };
  const file = envFile === undefined ? {} : { envFile: forCommandLine(wholePath(envFile, windows), windows) };
  return serverEntries({
    ...{ sessions, version: version(), windows },
    ...file,
    ...(account === undefined ? {} : { account }),
  });
}

function assertFitting(profile: string, read: ChosenSession | undefined, actions: ChosenSession | undefined): void {
  if (profile === "full" && (read === undefined || actions === undefined))
    throw new Error("Both servers need a session each: --read-session NAME --actions-session OTHER");
  if (profile === "read" && actions !== undefined)
    throw new Error("--actions-session is for writing: add --profile actions or full.");
  if (profile === "actions" && read !== undefined)
    throw new Error("--read-session is for reading: add --profile read or full.");
}

/** On Windows it goes through the command line, where these mean something. */
function forCommandLine(path: string, windows: boolean): string {
  if (!windows || !/[&|<>^%!"()]/.test(path)) return path;
  throw new Error(`${path} has characters that the command line of Windows takes for its own: rename it.`);
}

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${plainText(line)}\n`);
  process.stderr.write(
    "tg-guarded doctor --config FILE starts the servers of a file as hosts do, and tells how they are.\n",
  );
}
