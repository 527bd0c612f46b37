/**
 * The tools of tgmcp-actions for programs that serve MCP themselves: over any transport, with a client of their own.
 *
 * @module tg-guarded/mcp-actions
 */
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { clientContext, type ClientSource } from "../mcp/client-context.js";
import { actionsServers, type ActionsServerOptions } from "./server.js";

export { askPerson } from "./asking.js";
export type { ClientSource } from "../mcp/client-context.js";
export type { ActionsServerOptions } from "./server.js";

/**
 * Makes a server for one connection, with the tools for writing and those that find out whom to write to. What may be written,
 * and who approves it, says the client: opened with `actions: { approver: approvers.operator({ ask: "host" }), ask: askPerson }`
 * it asks the person in front of the host, where that host has forms, and else the operator. Closing the server leaves the client
 * open. Tools answer with failures as results, so nothing is thrown here.
 *
 * @example
 * ```ts
 * import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
 * import { createActionsServer } from "tg-guarded/mcp-actions";
 *
 * const server = createActionsServer(client);
 * await server.connect(new StdioServerTransport());
 * ```
 */
export const createActionsServer = (client: ClientSource, options: ActionsServerOptions = {}): McpServer =>
  actionsServers(clientContext(client), options)();
