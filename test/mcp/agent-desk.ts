import { createHash } from "node:crypto";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { JONAS, LAB, type Attempt } from "./agent-attempts.js";
import { builtDesk, type BuiltDesk, type BuiltHost } from "./built-server.js";
import type { Answer } from "./desk.js";
import { writesOf } from "./writes.js";

/** What the agent is never told. */
export const PHRASE = "blue heron at dawn";
/** A login code that Telegram has sent. */
export const CODE = "71839";
/** The code, however it is written. */
export const DIGITS = /7[\s\p{Pd}]*1[\s\p{Pd}]*8[\s\p{Pd}]*3[\s\p{Pd}]*9(?!\d)/u;

/** Actions for two chats, where a call does not wait for the operator. */
export const ENABLED = {
  TG_ACTIONS_ENABLED: "1",
  TG_ACTIONS_ALLOWED_GROUPS: `${LAB},${JONAS}`,
  TG_ACTIONS_OPERATOR_WAIT_SEC: "0",
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An agent with servers of every kind on one session. Who approves is in their names. */
export interface AgentDesk extends BuiltDesk {
  readonly code: BuiltHost;
  readonly phrase: BuiltHost;
  readonly operator: BuiltHost;
  readonly declining: BuiltHost;
  readonly reading: BuiltHost;
  /** The folder that paths are relative to. */
  readonly files: string;
  /** Everything that the agent was ever told. */
  readonly told: readonly string[];
  /** What the person who declines was asked. */
  readonly forms: readonly string[];
  readonly tell: (host: BuiltHost, tool: string, args?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly preview: (host: BuiltHost, args: Record<string, unknown>) => Promise<Answer>;
  readonly send: (host: BuiltHost, args: Record<string, unknown>, gates?: Record<string, unknown>) => Promise<Answer>;
  /** What came of attempts that were not refused as they must be. */
  readonly faultsOf: (host: BuiltHost, attempts: readonly Attempt[]) => Promise<readonly unknown[]>;
  /** Whatever is done, nothing is written. */
  readonly expectNoWrite: (work: () => Promise<unknown>) => Promise<void>;
}

export async function agentDesk(): Promise<AgentDesk> {
  const desk = await builtDesk();
  const files = join(desk.folder, "files");
  await prepareFolders(desk, files);
  const [told, forms]: [string[], string[]] = [[], []];
  const servers = await startServers(desk, files, forms);
  const tell: AgentDesk["tell"] = async (host, tool, args = {}) => {
    const answer = await host.call(tool, { ...args });
    told.push(JSON.stringify(answer));
    return answer;
  };
  const confirmed = { confirm: true, confirmation_text: "yes, send it" };
  // Titles are known from the list of dialogs.
  for (const host of Object.values(servers)) await tell(host, "tg_get_my_dialogs");
  return {
    ...desk,
    ...servers,
    ...{ files, told, forms, tell },
    preview: (host, args) => tell(host, "tg_send_message", { ...args, dry_run: true }),
    send: (host, args, gates = {}) => tell(host, "tg_send_message", { ...args, ...confirmed, ...gates }),
    async faultsOf(host, attempts) {
      const faults: unknown[] = [];
      for (const { what, tool, args, code: expected } of attempts) {
        const answer = await tell(host, tool, args);
        if (answer["success"] !== false || !expected.test(String(answer["code"]))) faults.push([what, answer]);
      }
      return faults;
    },
    async expectNoWrite(work) {
      expect(await writesOf(desk.sandbox, work)).toEqual([]);
    },
  };
}

async function startServers({ start, folder, dataDir }: BuiltDesk, files: string, forms: string[]) {
  // The folder of the state is allowed on purpose: what is private in it stays private.
  const env = { ...ENABLED, TG_FILES_ROOTS: [files, dataDir].join(delimiter) };
  const byCode = { ...env, TG_ACTIONS_APPROVER: "code" };
  const byPhrase = { TG_ACTIONS_CONFIRMATION_PHRASE: `sha256:${sha256(PHRASE)}`, TG_DATA_DIR: join(folder, "phrase") };
  const decline = (message: string): { action: "decline" } => {
    forms.push(message);
    return { action: "decline" };
  };
  const [code, phrase, operator, declining, reading] = await Promise.all([
    start("tgmcp-actions", { env: byCode }),
    start("tgmcp-actions", { env: { ...byCode, ...byPhrase } }),
    start("tgmcp-actions", { env: { ...env, TG_ACTIONS_APPROVER: "operator" } }),
    start("tgmcp-actions", { env: { ...env, TG_ACTIONS_APPROVER: "auto" }, elicit: decline }),
    // Reading, nothing that allows to write counts.
    start("tgmcp-read", {
      env: { ...ENABLED, TG_ACTIONS_UNSAFE_OVERRIDE: "1", TG_FILES_ROOTS: files, TG_RECEIVE_UPDATES: "1" },
    }),
  ]);
  return { code, phrase, operator, declining, reading };
}

async function prepareFolders({ dataDir }: BuiltDesk, files: string): Promise<void> {
  await mkdir(join(dataDir, "sessions"), { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, "sessions", "work.session"), "{}", { mode: 0o600 });
  await mkdir(files);
  await writeFile(join(files, "plan.txt"), "a plan");
  await symlink("/etc", join(files, "link"));
  await symlink("loop", join(files, "loop"));
}

/** All files but the state's own, which come and go. */
export const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/state\.sqlite/.test(path));
