import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { interleaved, median } from "./measure.mjs";
import { printTable, version } from "./report.mjs";

const ROUNDS = 15;
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const SERVERS = [
  { name: "an empty server of the MCP SDK", file: path("servers/empty.mjs") },
  { name: "the same that imports GramJS", file: path("servers/eager.mjs") },
  { name: "tgmcp-read", file: path("../dist/tgmcp-read.js") },
  { name: "tgmcp-actions", file: path("../dist/tgmcp-actions.js") },
];
const ASKED = [
  {
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "1.0.0" } },
  },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/list" },
];

/** Starts it, asks what hosts ask first, and ends it. */
async function start(file) {
  const began = performance.now();
  const server = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "ignore"] });
  for (const message of ASKED) server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let answers = 0;
  for await (const line of createInterface({ input: server.stdout })) if (line !== "" && ++answers === 2) break;
  const tookMs = performance.now() - began;
  const residentMb = residentOf(server.pid);
  server.stdin.end();
  await new Promise((resolve) => server.once("exit", resolve));
  return { tookMs, residentMb };
}

/** In megabytes; Linux alone tells it of another process. */
function residentOf(pid) {
  if (process.platform !== "linux") return NaN;
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** From the start of a server's process to its list of tools, and what it holds of memory then. */
export async function benchStart() {
  const resident = new Map(SERVERS.map(({ name }) => [name, []]));
  const contestants = SERVERS.map(({ name, file }) => ({
    name,
    turn: async () => {
      const { tookMs, residentMb } = await start(file);
      resident.get(name).push(residentMb);
      return tookMs;
    },
  }));
  const results = await interleaved(contestants, { rounds: ROUNDS });
  printTable(
    `Start of an MCP server to its list of tools (SDK ${version("@modelcontextprotocol/sdk")}, GramJS ${version("telegram")}): medians of ${ROUNDS} rounds`,
    ["", "ms", "of the empty server", "resident MB"],
    results.map((result) => [
      result.name,
      result.median.toFixed(0),
      result.ratio.toFixed(2),
      median(resident.get(result.name)).toFixed(0),
    ]),
  );
}
