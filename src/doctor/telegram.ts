import { Events } from "../events.js";
import { isGuardError, type GuardError } from "../errors.js";
import { Metrics } from "../metrics.js";
import { openConnection } from "../open-connection.js";
import { proxyOf, type ParsedOptions } from "../options.js";
import { assertExpected, usernamesOf } from "../session/expected-account.js";
import type { OpenSession } from "../session/open-session.js";
import { memoryStore } from "../stores/memory.js";
import type { StateStore } from "../stores/store.js";
import type { Connection } from "../telegram/connect.js";
import { examineClock } from "./clock.js";
import { fault, faultOf, ok, type Finding } from "./finding.js";
import { within } from "./look.js";
import { examineReach } from "./reach.js";

export interface TelegramExam {
  readonly options: ParsedOptions;
  readonly session: OpenSession;
  /** Absent where there is no state yet. */
  readonly store: StateStore | undefined;
  /** For each answer, in milliseconds. */
  readonly ms: number;
}

/** Whether Telegram can be reached, takes the session and agrees on the time. Its requests pass the whole chain. */
export async function* examineTelegram(exam: TelegramExam): AsyncGenerator<Finding> {
  const reach = await examineWay(exam);
  if (reach !== undefined) yield reach;
  if (reach?.level === "fault") return;
  let connection: Connection | undefined;
  try {
    connection = await within(exam.ms, open(exam), (late) => late.close());
    const { finding, expected } = await examineAccount(connection, exam);
    yield finding;
    if (expected !== undefined) yield expected;
    yield await askTime(connection, exam.ms);
  } catch (error) {
    yield isGuardError(error, "session_dead") ? ended(error, exam.options) : faultOf("telegram", error);
  } finally {
    if (connection !== undefined) await within(exam.ms, connection.close()).catch(() => undefined);
  }
}

/** The same name is to lead to the new session. */
function ended({ message }: GuardError, { session }: ParsedOptions): Finding {
  const name = typeof session === "string" ? ` --name ${session}` : "";
  return fault("telegram", message, `tg-guarded login${name} --replace`);
}

/** A data centre that the server does not have is told by the connection itself. */
async function examineWay({ options, session, ms }: TelegramExam): Promise<Finding | undefined> {
  const proxy = proxyOf(options)?.expose();
  if (proxy !== undefined) return examineReach(proxy.host, proxy.port, "The proxy", ms);
  const { dcId } = session.key.expose();
  const dc = options.server.dcs.find(({ id }) => id === dcId);
  return dc && examineReach(dc.host, dc.port, `Data centre ${dcId}`, ms);
}

/** To wait, to try again and to hear of updates is for programs that have something to do. */
async function open({ options, session, store = memoryStore(), ms }: TelegramExam): Promise<Connection> {
  const limits = { ...options.limits, retryAttempts: 0, timeoutMs: ms };
  const events = new Events();
  const { connection } = await openConnection(
    { ...options, limits, read: {}, receiveUpdates: false },
    { session, store, events, metrics: new Metrics(events) },
  );
  return connection;
}

async function examineAccount(
  connection: Connection,
  { options, ms }: TelegramExam,
): Promise<{ readonly finding: Finding; readonly expected?: Finding }> {
  const me = await connection.me({ signal: AbortSignal.timeout(ms) });
  const usernames = usernamesOf(me);
  const [username] = usernames;
  const id = me.id.toJSNumber();
  const who = username === undefined ? String(id) : `@${username} (${id})`;
  const finding = ok("telegram", `Telegram takes the session; it is ${who}.`);
  const { expect } = options.sessions;
  if (expect === undefined) return { finding };
  try {
    assertExpected(expect, { id, usernames });
    return { finding, expected: ok("account", "It is the account that is expected.") };
  } catch (error) {
    return { finding, expected: faultOf("account", error) };
  }
}

async function askTime(connection: Connection, ms: number): Promise<Finding> {
  const sentAt = Date.now();
  const request = new connection.api.help.GetConfig();
  const { date } = await connection.invoke(request, { signal: AbortSignal.timeout(ms) });
  return examineClock(date, sentAt, Date.now());
}
