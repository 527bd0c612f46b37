import { chainOptions } from "../chain-options.js";
import { Events } from "../events.js";
import { readHealth, type Health } from "../guards/health.js";
import { quotaLimits, quotaReader } from "../guards/quota.js";
import { Metrics } from "../metrics.js";
import type { ParsedOptions } from "../options.js";
import { QUOTA_WORDS } from "../quota-words.js";
import type { OpenSession } from "../session/open-session.js";
import type { StateStore } from "../stores/store.js";
import { classOf } from "../telegram/method-table.js";
import { fault, note, ok, warning, type Finding } from "./finding.js";

/** What the store knows of the account: the day's quotas, the circuit, what Telegram asked to leave alone. */
export async function examineLimits(
  options: ParsedOptions,
  session: OpenSession,
  store: StateStore,
): Promise<readonly Finding[]> {
  const account = await accountOf(options, session, store);
  if (account === undefined) return [note("limits", "This store has not seen the session yet: nothing is used up.")];
  const events = new Events();
  const around = { store, clock: options.clock, events, metrics: new Metrics(events), classify: classOf };
  const chain = chainOptions(options, around);
  const [limits, readQuota] = [quotaLimits(chain.quotas ?? {}), quotaReader(chain)];
  const findings: Finding[] = [];
  for (const quota of ["dm", "group_msg", "join"] as const) {
    const left = await readQuota(account, quota);
    const tell = left === 0 ? warning : ok;
    findings.push(tell("limits", `${left} of ${limits[quota]} ${QUOTA_WORDS[quota]} are left today.`));
  }
  return [...findings, ...inWords(await readHealth(store, account))];
}

/** Under which name the store keeps what belongs to the account. */
async function accountOf(
  { server }: ParsedOptions,
  session: OpenSession,
  store: StateStore,
): Promise<string | undefined> {
  const [{ trustServer }, { Identity }] = await Promise.all([
    import("../telegram/trust.js"),
    import("../telegram/identity.js"),
  ]);
  const identity = new Identity(store, trustServer(server.publicKeyPem), session.key.expose().authKey);
  return (await identity.recall()) ? identity.account : undefined;
}

const WHEN_SURE = "When the reason is gone: tg-guarded circuit close";

function inWords(health: Health): readonly Finding[] {
  const held = health.holds.map(({ scope, forMs, name: asked }) =>
    warning("limits", `Telegram asked to leave ${scope} alone: ${asked}, for another ${lasting(forMs)}.`, "Wait."),
  );
  const stop = "When they may pass again: tg-guarded circuit close";
  const stopped = health.stopped ? [fault("limits", "A person has stopped all writes.", stop)] : [];
  return [...stopped, ...circuitOf(health), ...held];
}

/** What Telegram's answers have opened. */
function circuitOf({ status, reason, name, retryAfterMs, allows }: Health): readonly Finding[] {
  if (reason === "stopped") return [];
  if (reason === undefined) return [ok("limits", "The circuit is closed: requests pass.")];
  const what = allows.reads ? "nothing is written" : "nothing is sent";
  const text = `The circuit is open, ${what}: ${name ?? reason}`;
  if (status === "frozen" || status === "dead" || retryAfterMs === undefined) {
    return [fault("limits", `${text}; waiting does not help.`, WHEN_SURE)];
  }
  return [warning("limits", `${text}, for another ${lasting(retryAfterMs)}.`, "Wait; it closes by itself.")];
}

function lasting(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
