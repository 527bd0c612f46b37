// A server as it should be, but for what STATUS, FLAWS and PIDS ask for.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const { STATUS = '{"authorized": true, "account": {"id": 5, "username": "ada"}}', FLAWS = "", PIDS } = process.env;
const has = (flaw) => FLAWS.split(",").includes(flaw);

const server = new McpServer({ name: "tgmcp-read", version: "1.2.3" });
if (!has("no-status")) {
  server.registerTool("tg_auth_status", { description: "Whether Telegram takes the session." }, () => {
    process.stderr.write("the tool was called\n");
    if (has("ends-when-called")) process.exit(4);
    if (has("shows")) {
      const { SHOWN = "" } = process.env;
      return { isError: true, content: [{ type: "text", text: `${SHOWN}=${process.env[SHOWN] ?? "none"}` }] };
    }
    const said = STATUS.startsWith("{") ? { structuredContent: JSON.parse(STATUS) } : { isError: true };
    return { content: [{ type: "text", text: STATUS }], ...said };
  });
}
server.registerTool("tg_get_stats", { description: "Figures." }, () => ({ content: [] }));
if (has("prints")) process.stdout.write("Welcome!\n");
if (has("stays")) {
  process.on("SIGTERM", () => undefined);
  setTimeout(() => undefined, 60_000);
}
if (PIDS !== undefined) {
  const deaf = "process.on('SIGTERM', () => undefined); setTimeout(() => undefined, 60_000)";
  const child = spawn(process.execPath, ["-e", deaf], { stdio: "ignore" });
  appendFileSync(PIDS, `${process.pid}\n${child.pid}\n`);
}
await server.connect(new StdioServerTransport());
if (!has("stays")) process.stdin.on("end", () => process.exit(0));
