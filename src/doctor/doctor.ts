import type { Env } from "../env/values.js";
import { judgeServers } from "./check-sessions.js";
import { examineProgram, type ProgramExam } from "./examine-program.js";
import { fault, faultOf, note, ok, type Finding } from "./finding.js";
import { look } from "./look.js";
import { readMcpConfig, type ConfiguredServer } from "./mcp-config.js";
import { examineNode } from "./node-version.js";
import { assertNoPipes } from "./pipes.js";
import { scrubber } from "./scrub.js";
import { findSettings } from "./settings.js";
import { serverEnv } from "./server-env.js";

export interface DoctorOptions {
  /** A file that configures servers, `.mcp.json` or Codex's `config.toml`: each is examined with its own variables. */
  readonly config?: string;
  /** Telegram is not asked. @defaultValue false */
  readonly offline?: boolean;
  /** How long anything that is looked at may take, in milliseconds. @defaultValue 15_000 */
  readonly timeoutMs?: number;
}

/**
 * Looks at everything that a program needs which takes its options from the TG_* variables, and tells each thing as it is
 * found. Whatever is broken is a finding, never an error; no secret is in any. Two or three requests go to
 * Telegram, through the guards as all do. Permissions that are too wide are mended where programs mend them, and that is told.
 *
 * @example
 * ```ts
 * import { doctor } from "tg-guarded";
 *
 * for await (const { level, text, mend } of doctor({ offline: true })) {
 *   if (level === "fault") console.log(text, mend);
 * }
 * ```
 */
export async function* doctor(options: DoctorOptions = {}): AsyncGenerator<Finding, void> {
  const { config, offline = false, timeoutMs: ms = 15_000 } = options;
  yield examineNode();
  try {
    assertNoPipes(process.env);
  } catch (error) {
    yield faultOf("configuration", error);
    return;
  }
  if (config === undefined) yield* examine(process.env, { offline, ms });
  else yield* examineServers(config, ms);
}

/** One program: nothing is said twice, and no secret at all. */
async function* examine(env: Env, exam: Omit<ProgramExam, "found">): AsyncGenerator<Finding> {
  const told = new Set<string>();
  const found = findSettings(env);
  const scrub = scrubber({ ...env, ...found.settings.env });
  try {
    for await (const finding of examineProgram({ found, ...exam })) {
      const key = `${finding.topic}\n${finding.text}`;
      if (told.has(key)) continue;
      told.add(key);
      yield scrub(finding);
    }
  } catch (error) {
    yield scrub(faultOf("configuration", error));
  }
}

async function* examineServers(config: string, ms: number): AsyncGenerator<Finding> {
  let servers: readonly ConfiguredServer[];
  try {
    servers = await readMcpConfig(config);
  } catch (error) {
    yield faultOf("servers", error);
    return;
  }
  if (servers.length === 0) {
    yield fault("servers", `${config} starts no server of tg-guarded.`, "Add one, or name another file.");
    return;
  }
  for (const server of servers) yield* examineServer(server, ms);
  yield* await look("sessions", 4 * ms, async () => [await shared(servers)]);
}

async function* examineServer(server: ConfiguredServer, ms: number): AsyncGenerator<Finding> {
  const { name, program, plane } = server;
  let env: Env;
  try {
    env = serverEnv(server, process.env);
  } catch (error) {
    yield { ...faultOf("configuration", error), server: name };
    return;
  }
  yield {
    ...note("servers", `${program} was not started: what stands in its configuration is looked at.`),
    server: name,
  };
  for await (const finding of examine(env, { plane, offline: true, ms })) yield { ...finding, server: name };
}

async function shared(servers: readonly ConfiguredServer[]): Promise<Finding> {
  const { verdict, text, nextStep } = await judgeServers(servers, process.env);
  return verdict === "apart" ? ok("sessions", text) : fault("sessions", text, nextStep);
}
