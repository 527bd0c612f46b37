/**
 * The tools of tgmcp-read for programs that serve MCP themselves: over any transport, with a client of their own.
 *
 * @module tg-guarded/mcp-read
 */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { clientContext, type ClientSource } from "../mcp/client-context.js";
import { readServers, type ReadServerOptions } from "./server.js";

export type { ClientSource } from "../mcp/client-context.js";
export type { ReadServerOptions } from "./server.js";

/**
 * Makes a server for one connection, with all tools for reading and none that writes. Connect it to a transport of
 * `@modelcontextprotocol/sdk`; for several connections make several, which may share a client. Closing it leaves the client
 * open. Tools answer with failures as results, so nothing is thrown here.
 *
 * @example
 * ```ts
 * import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
 * import { createReadServer } from "tg-guarded/mcp-read";
 *
 * const server = createReadServer(client);
 * await server.connect(new StdioServerTransport());
 * ```
 */
export const createReadServer = (client: ClientSource, options: ReadServerOptions = {}): McpServer =>
  readServers(clientContext(client), options)();
