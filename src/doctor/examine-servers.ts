import { read, type Env } from "../env/values.js";
import { VARIABLES } from "../env/variables.js";
import { judgeServers } from "./check-sessions.js";
import { examineEnv } from "./examine-env.js";
import type { ProgramExam } from "./examine-program.js";
import { fault, faultOf, note, ok, type Finding } from "./finding.js";
import { look } from "./look.js";
import { readMcpConfig, type ConfiguredServer } from "./mcp-config.js";
import type { Probe, ProbeResult } from "./probe.js";
import { expandedServer, serverEnv } from "./server-env.js";
import { findSettings } from "./settings.js";
import { voiceFor } from "./voice.js";

export interface ServersExam {
  /** The file. */
  readonly config: string;
  readonly offline: boolean;
  readonly ms: number;
  /** Without it no server is started. */
  readonly probe: Probe | undefined;
}

/** Each configured server, and whether two of them share a session. */
export async function* examineServers(exam: ServersExam): AsyncGenerator<Finding> {
  let servers: readonly ConfiguredServer[];
  try {
    servers = await readMcpConfig(exam.config);
  } catch (error) {
    yield faultOf("servers", error);
    return;
  }
  if (servers.length === 0) {
    yield fault("servers", `${exam.config} starts no server of tg-guarded.`, "Add one, or name another file.");
    return;
  }
  for (const server of servers) {
    for await (const finding of examineServer(server, exam)) yield { ...finding, server: server.name };
  }
  yield* await look("sessions", 4 * exam.ms, async () => [await shared(servers)]);
}

async function* examineServer(server: ConfiguredServer, { offline, ms, probe }: ServersExam): AsyncGenerator<Finding> {
  const { program, plane } = server;
  let env: Env;
  try {
    env = serverEnv(server, process.env);
  } catch (error) {
    // It reads the same file when it starts: to start it would say this once more.
    yield faultOf("configuration", error);
    return;
  }
  const isProbed = probe !== undefined && plane !== undefined;
  if (plane === undefined) yield noServer(program);
  else if (!isProbed)
    yield note("servers", `${program} was not started: what stands in its configuration is looked at.`);
  const found = findSettings(env);
  const voice = voiceFor({ ...env, ...found.settings.env });
  const asks: ProgramExam["asks"] = isProbed && !offline ? "server" : "nobody";
  yield* examineEnv({ found, voice, plane, asks, ms });
  if (!isProbed) return;
  for (const finding of await look("servers", ms, () => lentVariables(server))) yield* voice.tell(finding);
  yield* voice.relay(await resultOf(probe, server));
}

const noServer = (program: string): Finding =>
  fault("servers", `${program} is a command, and no server: it was not started.`, "Start tgmcp-read or tgmcp-actions.");

async function resultOf(probe: Probe, server: ConfiguredServer): Promise<ProbeResult> {
  try {
    return await probe(expandedServer(server, process.env));
  } catch (error) {
    return { findings: [faultOf("servers", error)] };
  }
}

/** Where the configuration and the data lie without a variable of ours. */
const FOLDERS = ["XDG_CONFIG_HOME", "XDG_DATA_HOME"];

/** What counts here and may not there: programs for agents pass on little of their own environment, some of them nothing. */
function lentVariables(server: ConfiguredServer): readonly Finding[] {
  const own = serverEnv(server, {});
  const names = [...VARIABLES.keys(), ...FOLDERS].filter((name) => {
    const value = read(process.env, name);
    return value !== undefined && !Object.hasOwn(server.env, name) && read(own, name) !== value;
  });
  if (names.length === 0) return [];
  const text = `Set in this environment alone, which not every program for agents passes on: ${names.join(", ")}.`;
  return [note("servers", text, "Put into the server's own env what it needs.")];
}

async function shared(servers: readonly ConfiguredServer[]): Promise<Finding> {
  const { verdict, text, nextStep } = await judgeServers(servers, process.env);
  return verdict === "apart" ? ok("sessions", text) : fault("sessions", text, nextStep);
}
