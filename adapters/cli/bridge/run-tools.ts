import { plainText } from "../plain-text.js";
import { findServers } from "./find-servers.js";
import type { BridgeFlags } from "./flags.js";
import { stopping } from "./stop.js";
import { withServer } from "./talk.js";

/** Lists what the servers can do. */
export async function runTools(flags: BridgeFlags & { readonly json?: boolean }): Promise<void> {
  const options = { timeoutMs: flags.timeout * 1000, stop: stopping() };
  const { servers } = await findServers(flags);
  for (const server of servers) {
    const tools = await withServer(server, options, (talk) => Promise.resolve(talk.tools));
    if (flags.json === true) {
      for (const { name, title, description, inputSchema } of tools) {
        const about = { server: server.name, name, title, description, inputSchema };
        process.stdout.write(`${JSON.stringify(about)}\n`);
      }
      continue;
    }
    const width = Math.max(...tools.map(({ name }) => name.length));
    process.stdout.write(`${plainText(server.name)}\n`);
    for (const { name, title = "" } of tools)
      process.stdout.write(`  ${plainText(name).padEnd(width)}  ${plainText(title)}\n`);
  }
}
