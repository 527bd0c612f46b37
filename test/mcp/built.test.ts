import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSessions } from "tg-guarded";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "./desk.js";
import { builtDesk, rootOf, type BuiltDesk, type BuiltHost } from "./built-server.js";
import { FORUM, READING, WRITING, type Exercise, type Found } from "./every-tool.js";

const LAB = "@tidewater_lab";
const LEFT = "Kastanienhof neighbours 🌳";
const SAID = "yes, send it";

let desk: BuiltDesk;
let reader: BuiltHost, writer: BuiltHost;

beforeAll(async () => {
  desk = await builtDesk();
  const sessions = openSessions({ dataDir: desk.dataDir, sessions: { encryption: "none" } });
  await sessions.import("home", { string: desk.sandbox.clientOptions().session.string });
  [reader, writer] = await Promise.all([
    desk.start("tgmcp-read", { env: { TG_RECEIVE_UPDATES: "1" } }),
    desk.start("tgmcp-actions", {
      env: {
        TG_ACTIONS_ENABLED: "1",
        TG_ACTIONS_REQUIRE_ALLOWLIST: "0",
        TG_ACTIONS_UNSAFE_OVERRIDE: "1",
        TG_ACTIONS_APPROVER: "code",
        TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "0",
        TG_ALLOW_SESSION_SWITCH: "1",
        MAX_JOINS_PER_DAY: "100",
      },
    }),
  ]);
  await mkdir(rootOf(desk), { recursive: true });
});
afterAll(() => desk[Symbol.asyncDispose]());

async function approved(name: string, args: Readonly<Record<string, unknown>>): Promise<Answer> {
  const { approval_code } = await writer.call(name, { ...args, dry_run: true });
  return writer.call(name, { ...args, dry_run: false, confirm: true, confirmation_text: SAID, approval_code });
}

async function prepare(): Promise<Found> {
  const { world } = desk.sandbox;
  const put = (name: string, content: unknown) => writeFile(join(rootOf(desk), name), JSON.stringify(content));
  const chat_id = world.chat(LAB).id;
  const doomed = world.post(LAB, { from: "@mira_halvorsen", text: "To be deleted" });
  world.post("@jonas_lq", { text: "To be read" });
  await put("plan.txt", "a plan");
  await put("report.json", { items: [{ chat_id, result: { success: false, error: "join quota exceeded" } }] });
  await put("manifest.json", { targets: [{ group: LAB, message_ids: [doomed] }] });
  await put("candidates.json", { candidates: [{ target: LEFT, review: { leave_candidate: true } }] });
  // Titles are known from the list of dialogs.
  await writer.call("tg_get_my_dialogs");
  const batch = async (name: string, args: Record<string, unknown>) => (await writer.call(name, args))["batch_id"];
  const add = { user: "@liv_paints", groups: [LAB] };
  const batches = {
    add: await batch("tg_create_add_member_batch", add),
    remove: await batch("tg_create_delete_messages_batch_from_manifest", { manifest_path: "manifest.json" }),
    leave: await batch("tg_create_leave_dialog_batch_from_candidates", { candidates_path: "candidates.json" }),
    over: await batch("tg_create_add_member_batch", add),
  };
  for (const batch_id of [batches.remove, batches.leave]) await approved("tg_approve_batch", { batch_id });
  const topics = [...world.chat(FORUM).messages()].flatMap(({ topId }) => topId ?? []);
  return {
    own: world.post(LAB, { from: "@mira_halvorsen", text: "Mine" }),
    file: [...world.chat(LAB).messages()].find(({ media }) => media?.kind === "document")?.id ?? 0,
    jonas: world.chat("@jonas_lq").id,
    topic: topics[0] ?? 1,
    batches,
  };
}

async function exercise(
  host: BuiltHost,
  name: string,
  { happy, shows, unhappy, code, isWrite }: Exercise,
  found: Found,
) {
  const call = isWrite === true ? approved : host.call;
  expect([name, await call(name, { ...happy(found) })]).toMatchObject([name, shows]);
  expect([name, await host.call(name, { ...unhappy })]).toMatchObject([name, { success: false, code }]);
}

it("The MCP SDK's own client drives both built servers through every tool, happy and unhappy", async () => {
  const found = await prepare();
  for (const [host, exercises] of [
    [reader, READING],
    [writer, WRITING],
  ] as const) {
    const { tools } = await host.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(exercises).sort());
    for (const [name, one] of Object.entries(exercises)) await exercise(host, name, one, found);
  }
});
