// The least that the MCP SDK can serve: one tool, over standard streams.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const server = new McpServer({ name: "empty", version: "1.0.0" });
server.registerTool("ping", { description: "Answers." }, () => ({ content: [{ type: "text", text: "pong" }] }));
await server.connect(new StdioServerTransport());
