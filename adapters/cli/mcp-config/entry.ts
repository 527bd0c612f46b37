import type { SessionPlane } from "tg-guarded";
import type { ChosenSession } from "./sessions.js";

/** A server as it is to be started, in no host's own form yet. */
export interface ServerEntry {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface EntryOptions {
  /** Which servers, each with its session; without one, the session that was chosen for all counts. */
  readonly sessions: Readonly<Partial<Record<SessionPlane, ChosenSession | undefined>>>;
  /** Of this package: another one could do something else tomorrow. */
  readonly version: string;
  readonly windows: boolean;
  /** By its whole path: a host starts its servers in any folder. */
  readonly envFile?: string;
  readonly account?: string;
}

const PROGRAMS = { read: "tgmcp-read", actions: "tgmcp-actions" } as const;

/** What must be said for the servers to start, and nothing that allows anything: that stands in the policy. */
export function serverEntries({ sessions, ...options }: EntryOptions): readonly ServerEntry[] {
  const { read, actions } = sessions;
  const pair =
    read?.isPath === true && actions?.isPath === true
      ? { TG_READ_SESSION_PATH: read.value, TG_ACTIONS_SESSION_PATH: actions.value }
      : {};
  return (["read", "actions"] as const)
    .filter((plane) => Object.hasOwn(sessions, plane))
    .map((plane) => ({
      name: PROGRAMS[plane],
      ...startOf(PROGRAMS[plane], options),
      env: { ...sessionIn(sessions[plane]), ...pair },
    }));
}

function startOf(program: string, { version, windows, envFile, account }: Omit<EntryOptions, "sessions">) {
  const npx = ["-y", "--package", `tg-guarded@${version}`, program];
  const args = [
    ...npx,
    ...(envFile === undefined ? [] : ["--env-file", envFile]),
    ...(account === undefined ? [] : ["--account", account]),
  ];
  // On Windows npx is a batch file, which is no program that a host could start by itself.
  return windows ? { command: "cmd", args: ["/c", "npx", ...args] } : { command: "npx", args };
}

const sessionIn = (session: ChosenSession | undefined): Readonly<Record<string, string>> =>
  session === undefined ? {} : { [session.isPath ? "TG_SESSION_PATH" : "SESSION_NAME"]: session.value };
