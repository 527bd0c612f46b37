import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { builtDesk, programOf, type BuiltDesk, type ServerName } from "./built-server.js";

const NOISE = fileURLToPath(new URL("../support/mcp/noisy/noise.mjs", import.meta.url));

let desk: BuiltDesk;
beforeAll(async () => {
  desk = await builtDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

interface Written {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const call = (id: number, name: string, args: object = {}) => ({
  ...{ jsonrpc: "2.0", id, method: "tools/call" },
  params: { name, arguments: args, _meta: { progressToken: id } },
});

/** All that is asked, and the ids of what must be answered. */
const ASKED = [
  {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "0" } },
  },
  { jsonrpc: "2.0", method: "notifications/initialized" },
  { jsonrpc: "2.0", id: 2, method: "tools/list" },
  call(3, "tg_auth_status"),
  call(4, "tg_get_group_info", { group: "@tidewater_lab" }),
  call(5, "tg_no_such_tool"),
  { jsonrpc: "2.0", id: 6, method: "no/such/method" },
  call(7, "tg_get_group_info", { group: "@nobody_is_called_so" }),
];
const IDS = [1, 2, 3, 4, 5, 6, 7];

/** Runs a server as a host does, and gives everything that it has written, byte for byte. */
async function written(server: ServerName, env: Readonly<Record<string, string>>): Promise<Written> {
  const child = spawn(process.execPath, [programOf(server)], {
    env: { ...desk.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  const answered = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      if (IDS.every((id) => stdout.includes(`"id":${id}`))) resolve();
    });
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdin.write("this is no protocol\n{\n");
  for (const message of ASKED) child.stdin.write(`${JSON.stringify(message)}\n`);
  const ended = once(child, "close");
  await Promise.race([answered, ended]);
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  return { stdout, stderr, code };
}

it.each([
  ["by itself", "tgmcp-read", {}],
  ["by itself", "tgmcp-actions", {}],
  [
    "with Node's own debugging",
    "tgmcp-read",
    { NODE_DEBUG: "net,http,tls,fs,module", NODE_OPTIONS: "--trace-warnings --trace-deprecation" },
  ],
  ["with a program inside that prints", "tgmcp-read", { NODE_OPTIONS: `--import=${NOISE}` }],
  [
    "with a program inside that prints",
    "tgmcp-actions",
    { NODE_OPTIONS: `--import=${NOISE} --trace-warnings`, NODE_DEBUG: "net,http", LOG_LEVEL: "debug" },
  ],
] as const)("Standard output carries the protocol and nothing else, %s: %s", async (_, server, env) => {
  const { stdout, stderr, code } = await written(server, env);
  expect([code, stdout.endsWith("\n")]).toEqual([0, true]);
  const lines = stdout.trimEnd().split("\n");
  const messages = lines.map((line) => JSON.parse(line) as { readonly jsonrpc?: unknown; readonly id?: number });
  for (const message of messages) expect(message).toMatchObject({ jsonrpc: "2.0" });
  expect(messages.flatMap(({ id }) => (id === undefined ? [] : [id])).sort()).toEqual(IDS);
  expect(stdout).not.toContain("noise");
  if ("NODE_OPTIONS" in env && env.NODE_OPTIONS.includes(NOISE)) {
    for (const how of ["at the start", "in a tick", "in a microtask", "from a promise"]) {
      expect(stderr).toContain(`stdout.write ${how}`);
    }
  }
});
