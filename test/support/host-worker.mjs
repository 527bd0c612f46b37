// A host with servers that it has started: asks each for its tools, then for one reading, and tells what came. Ends with its input.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

const { servers, program, env, tool, timeoutMs } = JSON.parse(process.argv[2]);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const began = performance.now();
const sinceStart = () => performance.now() - began;

/** In megabytes; Linux alone tells it of another process. */
const residentMb = (pid) =>
  process.platform === "linux"
    ? Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024
    : undefined;

async function serve(index) {
  const transport = new StdioClientTransport({ command: process.execPath, args: [program], env, stderr: "ignore" });
  const client = new Client({ name: `host-${index}`, version: "0.0.0" });
  await client.connect(transport, { timeout: timeoutMs });
  const { pid } = transport;
  // The sandbox notes when a request has come: it must not stand in line behind those whom it measures.
  setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const { tools } = await client.listTools({}, { timeout: timeoutMs });
  tell({ is: "listed", pid, tools: tools.length, atMs: sinceStart() });
  return { client, pid };
}

async function read({ client, pid }) {
  let pulses = 0;
  const options = { timeout: timeoutMs, resetTimeoutOnProgress: true, onprogress: () => pulses++ };
  const asked = sinceStart();
  const { content, structuredContent, isError } = await client.callTool(tool, undefined, options);
  const answer = structuredContent ?? JSON.parse(content[0].text);
  const { count, code, error, retry_after_ms: retryAfterMs } = answer;
  const tookMs = sinceStart() - asked;
  tell({
    is: "answered",
    pid,
    isError: isError === true,
    count,
    code,
    error,
    retryAfterMs,
    pulses,
    tookMs,
    residentMb: residentMb(pid),
  });
}

const started = await Promise.all(Array.from({ length: servers }, (_, index) => serve(index)));
await Promise.all(started.map(read));
tell({ is: "ready" });
// Stays, with all of its servers, until it is killed or its input ends.
process.stdin.resume();
process.stdin.once("end", () => void Promise.all(started.map(({ client }) => client.close())));
