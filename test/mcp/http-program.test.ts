import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { builtDesk, programOf, type BuiltDesk } from "./built-server.js";

const [ONE, OTHER] = ["a".repeat(40), "b".repeat(40)];
const LAB = { group: "@tidewater_lab" };

let desk: BuiltDesk;
let program: Program | undefined;
beforeEach(async () => {
  desk = await builtDesk();
});
afterEach(async () => {
  program?.child.kill("SIGKILL");
  program = undefined;
  await desk[Symbol.asyncDispose]();
});

interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly url: URL;
  /** All that it has written, to either stream. */
  readonly written: () => string;
}

const tokensFile = (): string => join(desk.folder, "mcp-tokens.json");

/** Starts the server as a person does. */
async function startProgram(): Promise<Program> {
  const args = [programOf("tgmcp-read"), "--http", "0", "--tokens-file", tokensFile()];
  const child = spawn(process.execPath, args, { env: desk.env, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (written += chunk.toString()));
  for await (const line of createInterface({ input: child.stderr })) {
    const url = /^Listening on (\S+)/.exec(line)?.[1];
    if (url !== undefined) return (program = { child, url: new URL(url), written: () => written });
  }
  throw new Error(`it has ended: ${written}`);
}

const writeTokens = (): Promise<void> => {
  const clients = [
    { name: "one", token: ONE },
    { name: "other", token: OTHER },
  ];
  return writeFile(tokensFile(), JSON.stringify({ clients }), { mode: 0o600 });
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function connect({ url }: Program, token: string): Promise<{ client: Client; session: string }> {
  const client = new Client({ name: "test", version: "0.0.0" });
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers: bearer(token) } });
  await client.connect(transport);
  return { client, session: transport.sessionId ?? "" };
}

/** Sends a ping as it stands; gives the status of the answer. */
function ping({ url }: Program, headers: Readonly<Record<string, string>>): Promise<number> {
  const usual = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: { ...usual, ...headers } }, (response) => {
      response.resume().once("end", () => {
        resolve(response.statusCode ?? 0);
      });
    });
    sent.once("error", reject);
    sent.end(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }));
  });
}

/** Whether somebody can listen there. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });

it("Two clients with tokens of their own share one connection to Telegram, and no session", async () => {
  await writeTokens();
  const running = await startProgram();
  const [one, other] = await Promise.all([connect(running, ONE), connect(running, OTHER)]);
  const ask = { name: "tg_get_group_info", arguments: LAB };
  const answers = await Promise.all([one, other, one, other].map(({ client }) => client.callTool(ask)));
  for (const { structuredContent } of answers) expect(structuredContent).toMatchObject({ title: "Tidewater Lab" });
  expect(new Set(desk.sandbox.log.map(({ connection }) => connection)).size).toBe(1);

  const session = { "mcp-session-id": one.session };
  expect(await ping(running, { ...bearer(ONE), ...session })).toBe(200);
  for (const [headers, status] of [
    [{ ...bearer(OTHER), ...session }, 404],
    [{ ...bearer(ONE), "mcp-session-id": other.session }, 404],
    [{ ...bearer(ONE), "mcp-session-id": "00000000-0000-4000-8000-000000000000" }, 404],
    [session, 401],
    [{ ...bearer("c".repeat(40)), ...session }, 401],
    [{ ...bearer(ONE.slice(1)), ...session }, 401],
    [{ authorization: ONE, ...session }, 401],
    [{ ...bearer(ONE), ...session, origin: "https://pages.example" }, 403],
    [{ ...bearer(ONE), ...session, origin: running.url.origin }, 403],
    [{ ...bearer(ONE), ...session, origin: "null" }, 403],
    [{ ...bearer(ONE), ...session, host: "pages.example" }, 403],
    [{ ...bearer(ONE), ...session, host: `127.0.0.1.pages.example:${running.url.port}` }, 403],
  ] as const) {
    expect([headers, await ping(running, headers)]).toEqual([headers, status]);
  }
  expect(running.written()).not.toMatch(/a{20}|b{20}/);
  expect(running.child.spawnargs.join(" ")).not.toMatch(/a{20}|b{20}/);
  await Promise.all([one, other].map(({ client }) => client.close()));
});

it.skipIf(process.platform === "win32")(
  "A missing file of tokens is made for its owner alone; the token is told nowhere",
  async () => {
    const running = await startProgram();
    expect((await stat(tokensFile())).mode & 0o777).toBe(0o600);
    const { clients } = JSON.parse(await readFile(tokensFile(), "utf8")) as { clients: readonly { token: string }[] };
    const { token = "" } = clients[0] ?? {};
    const { client } = await connect(running, token);
    expect((await client.callTool({ name: "tg_list_sessions" })).isError).toBeUndefined();
    const called = client.callTool({ name: "tg_list_sessions", arguments: { token } });
    expect(JSON.stringify(await called)).not.toContain(token);
    expect(running.written()).toContain(tokensFile());
    expect(running.written()).not.toContain(token);
    expect(running.child.spawnargs.join(" ")).not.toContain(token);
    await client.close();
  },
);

it("SIGTERM ends it while a call is under way, in time, and frees the port", async () => {
  await writeTokens();
  const running = await startProgram();
  const { client } = await connect(running, ONE);
  await client.callTool({ name: "tg_get_group_info", arguments: LAB });
  desk.sandbox.faults.set([{ method: "messages.getHistory", silence: true }]);
  const asked = new Promise<void>((resolve) => {
    desk.sandbox.onRequest(({ method }) => {
      if (method === "messages.getHistory") resolve();
    });
  });
  const call = client.callTool({ name: "tg_get_messages", arguments: LAB }).then(
    (answer) => answer.isError === true,
    () => true,
  );
  await asked;
  const began = performance.now();
  running.child.kill("SIGTERM");
  const [code] = (await once(running.child, "exit")) as [number | null];
  expect(code).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  // The client hears an end of it, one way or the other.
  await Promise.all([client.close(), call]);
  // Somebody else may have it for a moment.
  await expect.poll(() => isFree(Number(running.url.port))).toBe(true);
  await expect.poll(() => desk.sandbox.connections).toBe(0);
});
