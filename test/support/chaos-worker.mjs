// Carries out the orders of a chaos round in a process of its own, from the built package, and kills itself at the point
// that its plan names: after so many claims and then so many points, which lie before and after each store update and
// each request; or counted from the moment when a write is about to leave. It tells one JSON line for each outcome, and a last one for its death. Its task comes on stdin.
import { writeSync } from "node:fs";
import { json } from "node:stream/consumers";
import { approvers, GuardedClient } from "../../dist/index.js";
import { sqliteStore } from "../../dist/sqlite.js";

const { options, path, orders, death } = await json(process.stdin);
const tell = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

let order = { id: "", operation: "" };
/** Whether the order at hand is claimed, and maybe sent, and not yet told about. */
let isUnderWay = false;
/** Whether a write of it has been about to leave. */
let isSending = false;
let claims = 0;
let points = 0;

function pass(point) {
  if (death === undefined || claims < death.claims || (death.sending === true && !isSending)) return;
  if (points++ < death.points) return;
  tell({ kind: "death", id: order.id, operation: order.operation, isUnderWay, point });
  process.kill(process.pid, "SIGKILL");
}

function begin() {
  isUnderWay = true;
  claims++;
}

function isClaim(result) {
  return result?.kind === "claimed" || result?.kind === "taken";
}

function mortal(store) {
  return {
    async update(key, transition, how) {
      pass(`before update of ${key.split(":")[0]}`);
      const result = await store.update(key, transition, how);
      if (isClaim(result)) begin();
      pass(`after update of ${key.split(":")[0]}`);
      return result;
    },
    entries: (prefix) => store.entries(prefix),
    close: () => store.close(),
  };
}

async function mortalRequest(call, next) {
  // A draft is not claimed: it is under way when it is sent.
  if (call.kind === "write" && !isUnderWay) begin();
  isSending ||= call.kind === "write";
  pass(`before ${call.method}`);
  try {
    return await next(call);
  } finally {
    pass(`after ${call.method}`);
  }
}

const store = mortal(sqliteStore({ path }));
const clients = new Map();

async function clientFor(mode) {
  const approver = mode === "operator" ? approvers.operator() : approvers.code({ minAgeMs: 0 });
  const actions = { ...options.actions, approver };
  const client =
    clients.get(mode) ??
    (await GuardedClient.open({ ...options, store, actions, guards: { perAttempt: [mortalRequest] } }));
  clients.set(mode, client);
  return client;
}

async function runBatch(actions, { batchId, gate }) {
  const batch = await actions.batches.open(batchId);
  const { status } = await batch.status();
  if (status === "pending_approval") {
    const { status: approved } = await batch.approve(gate);
    if (approved !== "done") return { status: approved };
  }
  if (status !== "completed") for await (const item of batch.run()) order.last = item.n;
  const items = (await batch.items()).map((item) => item.status);
  return { status: (await batch.status()).status === "completed" ? "done" : "paused", items };
}

async function carryOut({ operation, batchId, input, gate, mode }) {
  const { actions } = await clientFor(mode);
  if (batchId !== undefined) return runBatch(actions, { batchId, gate });
  const outcome = gate === undefined ? await actions[operation](input) : await actions[operation](input, gate);
  return { status: outcome.status, repeated: outcome.repeated };
}

for (order of orders) {
  try {
    tell({ kind: "outcome", id: order.id, mode: order.mode, ...(await carryOut(order)) });
  } catch (error) {
    const { code = String(error), applied, nextStep = "", details = {} } = error;
    tell({ kind: "outcome", id: order.id, mode: order.mode, status: code, applied, nextStep, name: details.name });
  }
  isUnderWay = false;
  isSending = false;
}
for (const client of clients.values()) await client.close();
await store.close();
