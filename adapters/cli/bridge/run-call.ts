import { readArguments, type ArgumentFlags } from "./arguments.js";
import { printAnswer } from "./answer.js";
import { withTool } from "./choose.js";
import { findServers } from "./find-servers.js";
import type { BridgeFlags } from "./flags.js";
import { personHere } from "./person.js";
import { stopping } from "./stop.js";

export type CallFlags = BridgeFlags & ArgumentFlags;

/** Calls a tool, and prints what it answers. */
export async function runCall(tool: string, flags: CallFlags): Promise<void> {
  const options = { timeoutMs: flags.timeout * 1000, stop: stopping(), person: personHere() };
  const args = await readArguments(flags);
  const answer = await withTool(await findServers(flags), tool, options, (talk) => talk.call(tool, args));
  printAnswer(answer);
  if (answer.isError) process.exitCode = 1;
}
