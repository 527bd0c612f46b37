import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";
import {
  doctor,
  openSessions,
  type DoctorOptions,
  type Finding,
  type FindingLevel,
  type FindingTopic,
} from "tg-guarded";
import { startSandbox, type Sandbox, type SandboxOptions } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

type Env = Readonly<Record<string, string>>;

export interface Patient extends AsyncDisposable {
  readonly folder: string;
  readonly dataDir: string;
  readonly fileOf: (name: string) => string;
  /** What the doctor finds with these variables alone. */
  readonly examine: (env?: Env, options?: DoctorOptions) => Promise<readonly Finding[]>;
  readonly env: Env;
}

/** A machine on which nobody has set anything up. */
export async function newPatient(): Promise<Patient> {
  const folder = await tempFolder();
  const dataDir = folder.file("data");
  const env = { TG_DATA_DIR: dataDir, XDG_CONFIG_HOME: folder.file("config"), HOME: folder.path };
  return {
    folder: folder.path,
    dataDir,
    fileOf: (name) => folder.file(name),
    env,
    async examine(more = {}, options = {}) {
      useEnv({ ...env, ...more });
      try {
        const findings: Finding[] = [];
        for await (const finding of doctor(options)) findings.push(finding);
        return findings;
      } finally {
        vi.unstubAllEnvs();
      }
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Only what is named here counts: a variable of this machine must not change a test. */
export function useEnv(env: Env): void {
  for (const name of Object.keys(process.env)) if (/^(TG_|XDG_|SESSION_NAME)/.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

export interface LoggedInPatient extends Patient {
  readonly sandbox: Sandbox;
}

/** One who has logged in to a sandbox; the session is called `work`. */
export async function loggedIn(options: SandboxOptions = {}): Promise<LoggedInPatient> {
  const sandbox = await startSandbox(options);
  const patient = await newPatient();
  const file = join(patient.folder, "sandbox.json");
  await writeFile(file, JSON.stringify(sandbox.info), { mode: 0o600 });
  const sessions = openSessions({ dataDir: patient.dataDir, sessions: { encryption: "none" } });
  await sessions.import("work", { string: sandbox.clientOptions().session.string });
  const own = { TG_SANDBOX: file, SESSION_NAME: "work" };
  return {
    ...patient,
    env: { ...patient.env, ...own },
    sandbox,
    examine: (env, exam) => patient.examine({ ...own, ...env }, exam),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await patient[Symbol.asyncDispose]();
    },
  };
}

/** The findings of a topic and level, each in one line with what mends it. */
export const told = (findings: readonly Finding[], topic: FindingTopic, level: FindingLevel): readonly string[] =>
  findings
    .filter((finding) => finding.topic === topic && finding.level === level)
    .map(({ text, mend }) => (mend === undefined ? text : `${text} → ${mend}`));

export const faults = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ level }) => level === "fault").map(({ topic, text }) => `${topic}: ${text}`);
