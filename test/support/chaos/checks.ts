import { AuditDesk, GuardedClient, memoryStore, type AuditLine, type ClientOptions, type StateStore } from "tg-guarded";
import type { Given } from "./approve.js";
import type { Order, Truth, Units } from "./order.js";

const LAB = "@tidewater_lab";

/** What only a client can ask for. */
export interface Asked {
  /** How many messages wait to be read, by the chat's id. */
  readonly unread: Map<number, number>;
  /** Who may not come back into LAB. */
  readonly barred: Set<number>;
}

export async function askAtTheEnd(options: ClientOptions, { unread, barred }: Asked): Promise<void> {
  await using client = await GuardedClient.open({ ...options, store: memoryStore(), limits: { perSecond: 10_000 } });
  for await (const { id, unreadCount } of client.read.dialogs()) unread.set(id, unreadCount);
  for await (const { id } of client.read.participants(LAB, { filter: "kicked" })) barred.add(id);
}

const QUOTAS = ["dm", "join", "group_msg"] as const;

/** The units of all these orders. */
export function unitsOf(orders: readonly Order[]): Required<Units> {
  const sum = (quota: (typeof QUOTAS)[number]) => orders.reduce((total, { units }) => total + (units?.[quota] ?? 0), 0);
  return { dm: sum("dm"), join: sum("join"), group_msg: sum("group_msg") };
}

/** No more in the world than in the store, and no more there than allowed. */
export async function quotaFaults(
  store: StateStore,
  limits: Required<Units>,
  truths: ReadonlyMap<Order, Truth>,
): Promise<readonly string[]> {
  const used = new Map<string, number>();
  for await (const [key, state] of store.entries<{ readonly used: number }>("quota:")) {
    used.set(key.slice(key.lastIndexOf(":") + 1), state.used);
  }
  return QUOTAS.flatMap((quota) => {
    const inWorld = [...truths].reduce((sum, [{ units }, { times }]) => sum + (units?.[quota] ?? 0) * times, 0);
    const inStore = used.get(quota) ?? 0;
    const isRight = inWorld <= inStore && inStore <= limits[quota];
    return isRight
      ? []
      : [`quota ${quota}: ${inWorld} in the world, ${inStore} in the store, ${limits[quota]} allowed`];
  });
}

/** The trail is whole, and what is in the world was written down before. */
export async function auditFaults(
  store: StateStore,
  dataDir: string,
  given: readonly Given[],
  truths: ReadonlyMap<Order, Truth>,
): Promise<readonly string[]> {
  const desk = new AuditDesk({ store, dataDir });
  const reports = await desk.verify();
  const broken = reports.filter(({ ok }) => !ok).map((report) => `audit trail: ${JSON.stringify(report.problems)}`);
  const lines = await desk.last(Number.MAX_SAFE_INTEGER);
  const unclaimed = [...truths].flatMap(([{ id }, { times, since = Infinity }]) => {
    const order = given.find((one) => one.id === id);
    if (times === 0 || order?.actionId === undefined) return [];
    const claimed = lines.find((line) => isBeginning(line, order));
    if (claimed === undefined) return [`${id}: it was done, but not written down`];
    return Date.parse(claimed.at) < (since + 1) * 1000 ? [] : [`${id}: it was written down only after it was done`];
  });
  return [...(reports.length === 0 ? ["there is no audit trail"] : []), ...broken, ...unclaimed, ...itemsTwice(lines)];
}

const isBeginning = (line: AuditLine, { actionId, batchId }: Given): boolean =>
  batchId === undefined
    ? line.event === "claimed" && line.actionId === actionId
    : line.event === "batch_running" && line.batchId === batchId;

function itemsTwice(lines: readonly AuditLine[]): readonly string[] {
  const items = lines.filter(({ event }) => event === "batch_item").map(({ batchId, item }) => `${batchId} ${item}`);
  return items.filter((item, at) => items.indexOf(item) !== at).map((item) => `item ${item} was settled twice`);
}
