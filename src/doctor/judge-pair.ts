import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { readStoreEnv } from "../env/read-env.js";
import { readSessions, sessionsFolderOf } from "../env/sessions.js";
import type { Env } from "../env/values.js";
import { GuardError } from "../errors.js";
import { isSameSession, markOf } from "../session/conflict-registry.js";
import { readSession } from "../session/session-file.js";
import { placeOf, type SessionSource } from "../session/session-place.js";
import { parseSessionString } from "../session/session-string.js";
import { Redacted } from "../redacted.js";
import { faultOf } from "./finding.js";
import { within } from "./look.js";
import { scrubber } from "./scrub.js";

/** Whether two sides share a session: `shared`, `apart`, or `unknown`, since one of their sessions cannot be read. */
export interface SessionsVerdict {
  readonly verdict: "shared" | "apart" | "unknown";
  /** One plain sentence. */
  readonly text: string;
  readonly nextStep?: string;
}

/** A session that somebody uses, and with which variables it is read. */
export interface Used {
  readonly who: string;
  readonly source: SessionSource | undefined;
  readonly env: Env;
}

/** A key ring may wait for its owner. */
const LONGEST_MS = 15_000;

/** Whether two use the same file, by whatever path, or the same login in two files. */
export async function judgePair(one: Used, other: Used): Promise<SessionsVerdict> {
  const pair = one.who === other.who ? capital(one.who) : `${capital(one.who)} and ${other.who}`;
  try {
    const [path, otherPath] = [await realPathOf(one), await realPathOf(other)];
    if (path !== undefined && path === otherPath) return shared(pair, `the file ${path}`);
    const marks = [await markFor(one), await markFor(other)] as const;
    if (isSameSession(...marks)) return shared(pair, "the same login in two places");
    return { verdict: "apart", text: `${pair} have a session each.` };
  } catch (error) {
    return unknown(error, [one, other]);
  }
}

const shared = (pair: string, how: string): SessionsVerdict => ({
  verdict: "shared",
  text: `${pair} share a session: ${how}.`,
  nextStep: "Log in once more, and give each side a session of its own: TG_READ_SESSION_PATH, TG_ACTIONS_SESSION_PATH.",
});

/** The errors of a sealed session could only hold a secret by mistake; this takes it out. */
function unknown(error: unknown, pair: readonly Used[]): SessionsVerdict {
  const found = pair.reduce((finding, { env }) => scrubber(env)(finding), faultOf("sessions", error));
  return {
    verdict: "unknown",
    text: `Whether a session is shared cannot be told: ${found.text}`,
    ...(found.mend === undefined ? {} : { nextStep: found.mend }),
  };
}

const capital = (text: string): string => text.replace(/^the /, "The ");

const folderOf = (env: Env): string => sessionsFolderOf(env, readStoreEnv(env).dataDir);

async function realPathOf({ source, who, env }: Used): Promise<string | undefined> {
  if (source === undefined) throw noSession(who);
  if (typeof source === "object" && "string" in source) return undefined;
  const { path } = placeOf(source, folderOf(env));
  return realpath(path).catch(() => resolve(path));
}

const noSession = (who: string): GuardError<"session_invalid"> =>
  new GuardError("session_invalid", `${capital(who)} names no session.`, {
    details: { session: "(none)", reason: "missing" },
    nextStep: "Set SESSION_NAME or TG_SESSION_PATH there, or choose one for all: tg-guarded sessions use NAME.",
  });

async function markFor({ source = "", env }: Used): Promise<ReturnType<typeof markOf>> {
  if (typeof source === "object" && "string" in source) {
    return markOf(new Redacted(parseSessionString(source.string)), undefined);
  }
  const { key } = await within(LONGEST_MS, readSession(placeOf(source, folderOf(env)), readSessions(env)));
  return markOf(key, undefined);
}
