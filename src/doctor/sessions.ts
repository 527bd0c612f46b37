import { readStoreEnv } from "../env/read-env.js";
import { sessionsFolderOf } from "../env/sessions.js";
import { read, type Env } from "../env/values.js";
import type { SessionPlane } from "../errors.js";
import { describeOwner } from "../session/owner.js";
import { listSessions, sessionDetails, type SessionDetails } from "../session/session-list.js";
import type { SessionSource } from "../session/session-place.js";
import { storeIdOf } from "../stores/store-id.js";
import type { StateStore } from "../stores/store.js";
import { fault, note, ok, warning, type Finding } from "./finding.js";
import { meantSession } from "./program.js";

export interface SessionsExam {
  readonly env: Env;
  readonly plane: SessionPlane | undefined;
  readonly store: StateStore | undefined;
}

/** Every session file, and which of them is meant. */
export async function examineSessions({ env, plane, store }: SessionsExam): Promise<readonly Finding[]> {
  const folder = sessionsFolderOf(env, readStoreEnv(env).dataDir);
  const meant = meantSession(env, plane);
  const listed = await listSessions(folder);
  const names = typeof meant === "string" && !listed.includes(meant) ? [...listed, meant] : listed;
  const storeId = store === undefined || store.volatile === true ? undefined : await storeIdOf(store);
  const findings: Finding[] = [];
  for (const name of names) {
    findings.push(...describe(await sessionDetails(name, folder), name === meant, storeId));
  }
  return [...findings, meantOne(meant, listed, folder, env)];
}

function describe(details: SessionDetails, isMeant: boolean, storeId: string | undefined): readonly Finding[] {
  const { name, problem, notices, form, store } = details;
  const mended = notices.map((text) => warning("sessions", text));
  if (problem !== undefined) {
    const tell = isMeant ? fault : warning;
    return [...mended, tell("sessions", problem.message, problem.nextStep)];
  }
  const isOpen = form === "plain" || form === "string";
  return [
    ...mended,
    ok("sessions", inWords(details)),
    ...(isOpen
      ? [note("sessions", `Whoever copies the file of ${name} has the account.`, `tg-guarded sessions encrypt ${name}`)]
      : []),
    ...(store !== undefined && storeId !== undefined && store !== storeId
      ? [
          warning(
            "sessions",
            `${name} belongs to another state store than this one: it reads, and writes nothing.`,
            `Use that store (TG_STATE_URL, TG_DATA_DIR), or: tg-guarded sessions adopt ${name}`,
          ),
        ]
      : []),
  ];
}

const FORMS = {
  string: "a session string, not encrypted",
  plain: "not encrypted",
  passphrase: "encrypted by a passphrase",
  keyring: "encrypted by the key ring",
} as const;

function inWords({ name, account, form = "plain", owners, dcId }: SessionDetails): string {
  const who = account?.username === undefined ? account?.id : `@${account.username} (${account.id})`;
  const users = owners.length === 0 ? "not in use" : `in use by ${owners.map(describeOwner).join(", ")}`;
  const centre = dcId === undefined ? [] : [`data centre ${dcId}`];
  return [`${name}: ${who ?? "account not noted"}`, FORMS[form], ...centre, users].join(", ");
}

function meantOne(meant: SessionSource | undefined, listed: readonly string[], folder: string, env: Env): Finding {
  if (meant === undefined) {
    const [mend, there] =
      listed.length === 0
        ? ["tg-guarded login", `, and there is none in ${folder}`]
        : ["tg-guarded sessions use NAME", `; there is: ${listed.join(", ")}`];
    return fault("sessions", `No session is chosen${there}.`, mend);
  }
  if (typeof meant === "string") return ok("sessions", `In use is ${meant}, from ${originOf(env)}.`);
  if ("string" in meant) return ok("sessions", "In use is the session of the sandbox, which lies in no file.");
  return ok("sessions", `In use is the file ${meant.path}.`);
}

const originOf = (env: Env): string =>
  read(env, "SESSION_NAME") === undefined ? "`tg-guarded sessions use`" : "SESSION_NAME";
