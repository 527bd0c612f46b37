import type { ConfiguredServer } from "tg-guarded";
import type { FoundServers } from "./find-servers.js";
import { withServer, type Talk, type TalkOptions } from "./talk.js";

/**
 * Works with the first of the servers that has the tool.
 *
 * @throws Error where none has it
 */
export async function withTool<T>(
  { servers }: FoundServers,
  tool: string,
  options: TalkOptions,
  work: (talk: Talk) => Promise<T>,
): Promise<T> {
  for (const server of servers) {
    const [done] = await withServer(server, options, async (talk) => (hasTool(talk, tool) ? [await work(talk)] : []));
    if (done !== undefined) return done;
  }
  throw new Error(
    `There is no tool ${tool} in ${servers.map(({ name }) => name).join(", ")}: tg-guarded tools lists them.`,
  );
}

const hasTool = ({ tools }: Talk, wanted: string): boolean => tools.some(({ name }) => name === wanted);

/** @throws Error where there is none for writing, or more than one */
export function theOneForWriting({ servers, where }: FoundServers): ConfiguredServer {
  const [one, ...more] = servers.filter(({ plane }) => plane === "actions");
  if (one === undefined)
    throw new Error(`${where} starts no server for writing: tg-guarded mcp-config --profile actions`);
  if (more.length > 0) {
    throw new Error(`Say which one, with --server: ${[one, ...more].map(({ name }) => name).join(", ")}`);
  }
  return one;
}
