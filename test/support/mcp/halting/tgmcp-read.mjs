// A server that answers `initialize`; then DOES says what it does with the rest: nothing, an error, or no tools.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const server = new Server({ name: "halting", version: "0" }, { capabilities: { tools: {} } });
const answers = {
  nothing: () => new Promise(() => undefined),
  error: () => Promise.reject(new Error("the list is lost")),
  "no-tools": () => ({ tools: [] }),
};
server.setRequestHandler(ListToolsRequestSchema, answers[process.env.DOES]);
await server.connect(new StdioServerTransport());
process.stdin.on("end", () => process.exit(0));
