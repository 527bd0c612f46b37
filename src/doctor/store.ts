import { existsSync, statSync } from "node:fs";
import { readStoreEnv } from "../env/read-env.js";
import { read, type Env } from "../env/values.js";
import { markerPathFor } from "../stores/generation.js";
import type { StateStore } from "../stores/store.js";
import { versioned } from "../stores/versioned.js";
import { fault, faultOf, note, ok, warning, type Finding } from "./finding.js";
import { within } from "./look.js";

export interface FoundStore {
  readonly findings: readonly Finding[];
  /** Absent where there is no state yet, or where it cannot be used. */
  readonly store?: StateStore;
}

const HINT = "Approvals, quotas and flood waits are forgotten when a program ends. Name a lasting one: TG_STATE_URL";

/** Opens the state store as programs do, and reads once. None is made where there is none. */
export async function findStore(env: Env, ms: number): Promise<FoundStore> {
  const { dataDir, openStore } = readStoreEnv(env);
  const url = read(env, "TG_STATE_URL");
  const path = sqlitePath(url, dataDir);
  const otherwise = path === undefined ? undefined : withoutFile(path);
  if (otherwise !== undefined) return { findings: [otherwise] };
  let store: StateStore | undefined;
  try {
    store = versioned(await within(ms, openStore(), (late) => late.close()));
    const took = await within(ms, readOnce(store));
    const what = `${path ?? nameOf(url)} answers within ${Math.max(1, Math.round(took))} ms.`;
    if (store.volatile === true) return { store, findings: [warning("store", "The state store is memory.", HINT)] };
    return { store, findings: [ok("store", what), ...(path === undefined ? [] : openToOthers(path))] };
  } catch (error) {
    if (store !== undefined) await within(ms, store.close()).catch(() => undefined);
    return { findings: [faultOf("store", error)] };
  }
}

/** Why there is nothing to open. */
function withoutFile(path: string): Finding | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === false) return fault("store", `${path} is no file.`, "Move it away: TG_STATE_URL");
    if (found !== undefined || existsSync(markerPathFor(path))) return undefined;
    return note("store", `There is no state yet; ${path} is made when it is needed.`);
  } catch (error) {
    return faultOf("store", error);
  }
}

const OTHERS = 0o077;

function openToOthers(path: string): readonly Finding[] {
  if (process.platform === "win32" || (statSync(path).mode & OTHERS) === 0) return [];
  return [warning("store", `Others may have access to ${path}.`, `chmod 600 '${path}'`)];
}

const sqlitePath = (url: string | undefined, dataDir: string): string | undefined =>
  url === undefined ? `${dataDir}/state.sqlite` : /^sqlite:(.+)$/.exec(url)?.[1];

/** Never the address as it stands: it may hold a password. */
const nameOf = (url = ""): string => (URL.canParse(url) ? `Redis at ${new URL(url).host}` : "The state store");

async function readOnce(store: StateStore): Promise<number> {
  const began = performance.now();
  await store.update("doctor", (known) => ({ next: known, result: undefined }));
  return performance.now() - began;
}
