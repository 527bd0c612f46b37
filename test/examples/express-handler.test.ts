import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OperatorDesk } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { examplePrograms, type ExamplePrograms, type RunningProgram } from "../support/example-programs.js";
import { sandboxEnv } from "../support/sandbox-file.js";
import { tempFolder } from "../support/temp-folder.js";

const TOKEN = "a-token-for-this-test-alone-0123";

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown>;
}

/** A service, and how to ask it. */
interface Service {
  readonly program: RunningProgram;
  readonly get: (path: string, token?: string) => Promise<Answer>;
  readonly post: (body: object | string) => Promise<Answer>;
}

async function serve(programs: ExamplePrograms, env: Readonly<Record<string, string>>): Promise<Service> {
  const program = programs.start("express-handler/server", ["0"], { API_TOKEN: TOKEN, RATE_RPS: "1000", ...env });
  const address = await program.line();
  if (address === undefined) throw new Error((await program.ended).complaint);
  const ask = async (path: string, init: RequestInit, token = TOKEN): Promise<Answer> => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const response = await fetch(`${address}${path}`, { ...init, headers });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, retryAfter: response.headers.get("Retry-After"), body };
  };
  return {
    program,
    get: (path, token) => ask(path, {}, token),
    post: (body) => ask("/messages", { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}

describe("express-handler", () => {
  let programs: ExamplePrograms;
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let env: Record<string, string>;
  let service: Service;
  beforeAll(async () => {
    programs = await examplePrograms("express-handler/server");
    sandbox = await startSandbox();
    folder = await tempFolder();
    env = {
      ...(await sandboxEnv(folder.file("sandbox.json"), sandbox.info)),
      TG_ACTIONS_ENABLED: "1",
      TG_ACTIONS_ALLOWED_GROUPS: "@tidewater_lab",
      TG_ACTIONS_APPROVER: "code",
      TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "0",
      TG_ACTIONS_CONFIRMATION_PHRASE: "send it",
    };
    service = await serve(programs, { ...env, TG_DATA_DIR: folder.file("data") });
  });
  afterAll(async () => {
    await programs[Symbol.asyncDispose]();
    await sandbox.close();
    await folder[Symbol.asyncDispose]();
  });

  test("gives nothing to whoever has no token", async () => {
    const before = sandbox.log.length;
    expect(await service.get("/chats/@tidewater_lab/messages", "wrong")).toMatchObject({ status: 401 });
    expect(await service.get("/chats/@tidewater_lab/messages", "")).toMatchObject({ status: 401 });
    expect(sandbox.log.length).toBe(before);
  });

  test("reads a chat page by page, each message once", async () => {
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor === undefined ? "" : `&cursor=${cursor}`;
      const { status, body } = await service.get(`/chats/@tidewater_lab/messages?limit=150${more}`);
      expect(status).toBe(200);
      ids.push(...(body["messages"] as { id: number }[]).map(({ id }) => id));
      cursor = body["nextCursor"] as string | undefined;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(sandbox.world.chat("@tidewater_lab").count);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
  });

  test("says 404 for a chat that is not there, 400 for what does not fit", async () => {
    expect(await service.get("/chats/@nobody_has_this_name/messages")).toMatchObject({
      status: 404,
      body: { code: "chat_not_found" },
    });
    expect(await service.get("/chats/@tidewater_lab/messages?limit=many")).toMatchObject({
      status: 400,
      body: { code: "input_invalid" },
    });
    expect(await service.post("{")).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });

  test("previews, sends what was approved, and says 409 to the same once more", async () => {
    const input = { chat: "@tidewater_lab", text: "By HTTP" };
    const preview = await service.post(input);
    expect(preview).toMatchObject({ status: 200, body: { status: "preview" } });
    expect(await service.post({ ...input, gate: { confirm: true } })).toMatchObject({ status: 403 });

    const { code } = preview.body["approval"] as { code: string };
    const gate = { confirm: true, confirmationText: "send it", approvalCode: code };
    const sent = await service.post({ ...input, gate });
    expect(sent).toMatchObject({ status: 201, body: { status: "done", repeated: false } });
    const { messageId } = sent.body["result"] as { messageId: number };
    expect(sandbox.world.chat("@tidewater_lab").byId(messageId)?.text).toBe("By HTTP");

    const { approval } = (await service.post(input)).body as { approval?: { code: string } };
    const again = { ...gate, approvalCode: approval?.code ?? "" };
    expect(await service.post({ ...input, gate: again })).toMatchObject({
      status: 409,
      body: { code: "already_done", applied: "yes" },
    });
  });

  test("says 403 for a chat that is not on the list", async () => {
    expect(await service.post({ chat: "@liv_paints", text: "Hi" })).toMatchObject({
      status: 403,
      body: { code: "not_allowed" },
    });
  });

  test("says 202 as long as the operator has not decided, and sends after his yes", async () => {
    const dataDir = folder.file("operator");
    const { post, program } = await serve(programs, {
      ...env,
      TG_DATA_DIR: dataDir,
      TG_ACTIONS_APPROVER: "operator",
    });
    const input = { chat: "@tidewater_lab", text: "When somebody has said yes", gate: { confirm: true } };
    const waiting = await post(input);
    expect(waiting).toMatchObject({ status: 202, body: { status: "awaiting_approval" } });
    await using desk = new OperatorDesk({ store: sqliteStore({ path: join(dataDir, "state.sqlite") }) });
    await desk.approve(String(waiting.body["actionId"]));
    expect(await post(input)).toMatchObject({ status: 201, body: { status: "done" } });
    program.process.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: 0 });
  });

  test("passes on how long Telegram wants to be left alone", async () => {
    sandbox.faults.set([{ method: "messages.getHistory", nth: 1, error: "FLOOD_WAIT_120" }]);
    const answer = await service.get("/chats/@harbour_gazette/messages");
    expect(answer).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^1[12]\d$/) as unknown });
    sandbox.faults.set([]);
  });

  test("says 503 while Telegram cannot be reached, and ends on SIGTERM", async () => {
    const own = await startSandbox();
    const file = await sandboxEnv(folder.file("own-sandbox.json"), own.info);
    const { get, program } = await serve(programs, { ...file, TG_DATA_DIR: folder.file("own") });
    expect(await get("/chats/@tidewater_lab/messages?limit=1")).toMatchObject({ status: 200 });
    await own.close();
    expect(await get("/chats/@tidewater_lab/messages?limit=1")).toMatchObject({ status: 503 });
    program.process.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: 0 });
  });
});
