import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readServers } from "../../adapters/mcp-read/server.js";
import { serveHttp, type HttpServer } from "../../adapters/mcp/http.js";
import { readTokens } from "../../adapters/mcp/tokens.js";
import { tempFolder } from "../support/temp-folder.js";
import type { McpDesk } from "./desk.js";
import { readingDesk } from "./reading/reading-desk.js";

const ONE = "a".repeat(40);
const OTHER = "b".repeat(40);
const ORIGIN = "http://localhost:6274";

let desk: McpDesk;
let server: HttpServer;
let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  desk = await readingDesk();
  folder = await tempFolder();
  const clients = [
    { name: "one", token: ONE },
    { name: "other", token: OTHER },
  ];
  const path = folder.file("tokens.json");
  await writeFile(path, JSON.stringify({ clients }), { mode: 0o600 });
  const servers = readServers(desk.context, { version: "0.0.0" });
  server = await serveHttp({ port: 0, tokens: readTokens(path), origins: [ORIGIN], servers });
});
afterAll(async () => {
  await server.close();
  await desk[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "0" } },
};

/** Sends one request as it stands. */
function post(headers: Readonly<Record<string, string>>, path = "/mcp"): Promise<{ status: number; session?: string }> {
  const url = new URL(path, server.url);
  const usual = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: { ...usual, ...headers } }, (response) => {
      const session = response.headers["mcp-session-id"];
      response.resume().once("end", () => {
        resolve({ status: response.statusCode ?? 0, ...(typeof session === "string" ? { session } : {}) });
      });
    });
    sent.once("error", reject);
    sent.end(JSON.stringify(INITIALIZE));
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function connect(token: string): Promise<Client> {
  const client = new Client({ name: "test", version: "0.0.0" });
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: bearer(token) },
  });
  // The SDK's own types do not fit each other under exactOptionalPropertyTypes.
  await client.connect(transport);
  return client;
}

describe("Over HTTP", () => {
  it("several clients use one connection to Telegram", async () => {
    const clients = await Promise.all([connect(ONE), connect(OTHER), connect(ONE)]);
    const answers = await Promise.all(clients.map((client) => client.callTool({ name: "tg_auth_status" })));
    for (const { structuredContent } of answers) expect(structuredContent).toMatchObject({ authorized: true });
    expect(new Set(desk.sandbox.log.map(({ connection }) => connection)).size).toBe(1);
    await Promise.all(clients.map((client) => client.close()));
  });

  it.each([
    ["without a token", 401, {}],
    ["with another token", 401, bearer("c".repeat(40))],
    ["with half a token", 401, bearer(ONE.slice(1))],
    ["with a token that is no bearer token", 401, { authorization: `Basic ${ONE}` }],
    ["from a page", 403, { ...bearer(ONE), origin: "https://pages.example" }],
    ["from a page without an origin of its own", 403, { ...bearer(ONE), origin: "null" }],
    ["by another name of this machine", 403, { ...bearer(ONE), host: "pages.example" }],
    ["from a page that may", 200, { ...bearer(ONE), origin: ORIGIN }],
    ["by localhost", 200, { ...bearer(ONE), host: "localhost:1234" }],
  ])("a call %s is answered with %i", async (_, status, headers) => {
    expect((await post(headers)).status).toBe(status);
  });

  it("a token in the address counts for nothing, nor does another path", async () => {
    expect((await post({}, `/mcp?token=${ONE}`)).status).toBe(401);
    expect((await post(bearer(ONE), "/")).status).toBe(404);
  });

  it("a session belongs to the token that began it", async () => {
    const { session = "" } = await post(bearer(ONE));
    expect((await post({ ...bearer(OTHER), "mcp-session-id": session })).status).toBe(404);
    expect((await post({ ...bearer(ONE), "mcp-session-id": session })).status).not.toBe(404);
    expect((await post({ ...bearer(ONE), "mcp-session-id": "nobody's" })).status).toBe(404);
  });
});

describe("The file of tokens", () => {
  it("is made with a token, for its owner alone, and stays", async () => {
    const path = folder.file("new/tokens.json");
    expect(readTokens(path).isNew).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { clients } = JSON.parse(await readFile(path, "utf8")) as { clients: { name: string; token: string }[] };
    const again = readTokens(path);
    expect(again.isNew).toBe(false);
    expect(again.ownerOf(clients[0]?.token ?? "")).toBe("default");
    expect(again.ownerOf("")).toBeUndefined();
  });

  it("that others could read, or that holds none, is refused without showing it", async () => {
    const path = folder.file("open.json");
    await writeFile(path, JSON.stringify({ clients: [{ name: "x", token: ONE }] }));
    await chmod(path, 0o644);
    expect(() => readTokens(path)).toThrow(/Others could read/);
    await writeFile(folder.file("short.json"), JSON.stringify({ clients: [{ name: "x", token: "hunter2" }] }), {
      mode: 0o600,
    });
    expect(() => readTokens(folder.file("short.json"))).toThrow(/^(?!.*hunter2).*32 characters/);
  });
});
