import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export interface HttpFlags {
  readonly http?: string | undefined;
  readonly "tokens-file"?: string | undefined;
  readonly "allow-origin": readonly string[];
}

/** Serves over HTTP until a signal comes. Where it listens is told on standard error, the tokens are not. */
export async function runHttp(flags: HttpFlags, servers: () => McpServer, close: () => Promise<void>): Promise<void> {
  const path = flags["tokens-file"];
  if (path === undefined)
    throw new Error("--http needs --tokens-file: a file for the clients' tokens, made when missing.");
  const [{ serveHttp }, { readTokens }] = await Promise.all([import("./http.js"), import("./tokens.js")]);
  const tokens = readTokens(path);
  // Before anybody is told that it listens: whoever is may end it at once.
  const stopped = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, resolve);
  });
  const server = await serveHttp({ port: portOf(flags.http), tokens, origins: flags["allow-origin"], servers });
  if (tokens.isNew) process.stderr.write(`A token for one client was written to ${path}.\n`);
  process.stderr.write(`Listening on ${server.url}\n`);
  await stopped;
  await server.close();
  await close();
}

function portOf(text = ""): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new Error(`--http takes a port, not "${text}".`);
}
