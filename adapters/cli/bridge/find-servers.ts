import { fileURLToPath } from "node:url";
import { expandedServer, readMcpConfig, usualMcpConfig, type ConfiguredServer } from "tg-guarded";
import type { BridgeFlags } from "./flags.js";
import { variablesFrom } from "./set-env.js";

/** Servers that may be meant, those for reading first, each as it is started. */
export interface FoundServers {
  readonly servers: readonly ConfiguredServer[];
  /** Where they are configured, for messages. */
  readonly where: string;
}

/** @throws Error where none is found */
export async function findServers(flags: BridgeFlags): Promise<FoundServers> {
  const { config, own = false, server, setEnv = [] } = flags;
  if (own && config !== undefined) throw new Error("--config and --own exclude each other.");
  const given = variablesFrom(setEnv);
  const { path, servers } = await configured(config, own);
  const where = path ?? "this package";
  const able = servers.filter(({ plane }) => plane !== undefined);
  const named = server === undefined ? able : byName(able, server, where);
  if (named.length === 0) throw new Error(`${where} starts no server of tg-guarded: tg-guarded mcp-config --help`);
  return { servers: [...named].sort(readingFirst).map((each) => prepared(each, given)), where };
}

async function configured(config: string | undefined, own: boolean) {
  if (config !== undefined) return { path: config, servers: await readMcpConfig(config) };
  const usual = own ? undefined : await usualMcpConfig();
  return usual ?? { path: undefined, servers: ownServers() };
}

const readingFirst = (one: ConfiguredServer, other: ConfiguredServer): number =>
  Number(one.plane !== "read") - Number(other.plane !== "read");

/** A name exactly so before one that differs in - and _ alone. */
function byName(servers: readonly ConfiguredServer[], wanted: string, where: string): readonly ConfiguredServer[] {
  const bare = (name: string): string => name.replaceAll("_", "-").toLowerCase();
  const exact = servers.find(({ name }) => name === wanted);
  const alike = servers.filter(({ name }) => bare(name) === bare(wanted));
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found !== undefined) return [found];
  const names = (alike.length > 1 ? alike : servers).map(({ name }) => name).join(", ");
  const fault = alike.length > 1 ? "has several servers called so" : `has no server ${wanted} of tg-guarded`;
  throw new Error(`${where} ${fault}${names === "" ? "." : `: ${names}`}`);
}

/** A second process that writes a session back could undo what the first has learnt. */
function prepared(server: ConfiguredServer, given: Readonly<Record<string, string>>): ConfiguredServer {
  const expanded = expandedServer(server, process.env);
  return { ...expanded, env: { TG_SESSION_RUNTIME_MODE: "copy", ...expanded.env, ...given } };
}

/** The servers that were built beside this command, with the variables that it has itself. */
function ownServers(): readonly ConfiguredServer[] {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return (["read", "actions"] as const).map((plane) => ({
    name: `tgmcp-${plane}`,
    program: `tgmcp-${plane}`,
    command: process.execPath,
    args: [fileURLToPath(new URL(`./tgmcp-${plane}.js`, import.meta.url))],
    env,
    plane,
  }));
}
