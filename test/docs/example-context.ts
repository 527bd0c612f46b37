import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  approvers,
  CircuitDesk,
  GuardedClient,
  logIn,
  memoryStore,
  openAuditDesk,
  openSessions,
  OperatorDesk,
  type AuditDesk,
  type Batch,
  type LoggedIn,
  type Sessions,
} from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";

/** What the examples of docstrings find: a client of the demo's first account, and what the classes at hand are made by. */
export interface Context extends AsyncDisposable {
  readonly client: GuardedClient;
  readonly sandbox: Sandbox;
  /** With `work` in it, and `home` once it was imported. */
  readonly sessions: Sessions;
  /** With a question that waits. */
  readonly desk: () => Promise<OperatorDesk>;
  readonly audit: () => Promise<AuditDesk>;
  readonly circuits: () => Promise<CircuitDesk>;
  /** Of one item, which nobody has approved. */
  readonly batch: () => Promise<Batch>;
  readonly loggedIn: () => Promise<LoggedIn>;
}

const ALLOWED = [
  ...["me", "@tidewater_lab", "@harbour_council", "@night_watch", "@quiet_quay", "@tide_talk"],
  ...["@liv_paints", "@tide_tables_bot"],
];

/** What is read from files, in the folder that files may come from. */
const FILES = {
  "plan.txt": "Low tide at noon.",
  "report.json": { items: [{ chat_id: "@tidewater_lab", result: { success: false, error: "join quota exceeded" } }] },
  "manifest.json": { targets: [{ group: "@tidewater_lab", message_ids: [14] }] },
  "candidates.json": { candidates: [{ group: "@quiet_quay", review: { leave_candidate: true } }] },
};

/** One sandbox for many examples, and a client on it that no budget holds up. What others may have used up is made anew. */
export async function openContext(folder: string): Promise<Context> {
  const sandbox = await startSandbox();
  const store = memoryStore();
  const options = {
    ...sandbox.clientOptions(),
    store,
    files: { roots: [folder] },
    limits: { mode: "off" as const, pauses: { afterJoinMs: 0 } },
    receiveUpdates: true,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) {
    await writeFile(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  }
  const actions = { allow: ALLOWED, approver: approvers.callback(() => true) };
  const client = await GuardedClient.open({ ...options, actions });
  const asking = await GuardedClient.open({ ...options, actions: { ...actions, approver: approvers.operator() } });
  const sessions = openSessions({ sessions: { encryption: "none", passphrase: "three words are better" } });
  await sessions.import("work", { string: sandbox.info.accounts[0]?.session ?? "" });
  const { apiId, apiHash, server } = options;
  let asked = 0;

  return {
    client,
    sandbox,
    sessions,
    async desk() {
      const text = `Low tide, question ${++asked}`;
      await asking.actions.sendMessage({ chat: "me", text }, { confirm: true });
      return new OperatorDesk({ store: { ...store, close: () => Promise.resolve() } });
    },
    circuits: () => Promise.resolve(new CircuitDesk({ ...store, close: () => Promise.resolve() })),
    audit: () => openAuditDesk(),
    batch: () => client.actions.batches.addMember({ user: "@liv_paints", groups: ["@tidewater_lab"] }),
    loggedIn: () => logIn({ apiId, apiHash, server, prompts: promptsFor(sandbox) }),
    async [Symbol.asyncDispose]() {
      await client.close();
      await asking.close();
      await sandbox.close();
    },
  };
}

function promptsFor({ info }: Sandbox) {
  const [account] = info.accounts;
  return { phone: () => Promise.resolve(account?.phone ?? ""), code: () => Promise.resolve(account?.code ?? "") };
}
