import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { protocolOutput } from "./standard-output.js";

/** How often one looks whether the program that started this one is still there. */
const PARENT_MS = 2000;

/**
 * Serves one client over the standard streams until that goes away: its end of the input is closed, or the process that
 * started this one is gone. Nothing but the protocol gets to standard output; whatever prints there prints to standard error.
 */
export async function serveStdio(server: McpServer, close: () => Promise<void>): Promise<void> {
  const transport = new StdioServerTransport(process.stdin, protocolOutput);
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endOf(server, close));
  const ended = new Promise<void>((resolve) => {
    const stop = (): void => {
      end().then(resolve, resolve);
    };
    process.stdin.once("end", stop);
    process.stdin.once("close", stop);
    protocolOutput.once("error", stop);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, stop);
    whenOrphaned(stop);
  });
  await server.connect(transport);
  await ended;
  // Something that did not end in time must not keep the process: its client is gone.
  process.exit(0);
}

async function endOf(server: McpServer, close: () => Promise<void>): Promise<void> {
  const tooLong = setTimeout(() => process.exit(1), GRACE_MS);
  try {
    await server.close();
    await close();
  } finally {
    clearTimeout(tooLong);
  }
}

/** For a request that is under way to be settled. */
const GRACE_MS = 5000;

/** A process whose parent is gone gets another one. Hosts that crash leave its input open now and then. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_MS);
  timer.unref();
}
