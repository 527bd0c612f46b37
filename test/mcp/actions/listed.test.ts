import { describe, expect, it } from "vitest";
import { UNTRUSTED } from "../../../adapters/mcp/words.js";
import { ACTION_TOOLS } from "../../../adapters/mcp-actions/tools.js";
import { READ_TOOLS } from "../../../adapters/mcp-read/tools.js";

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a string of a result may be anything and nobody says who wrote it. */
function openStrings(schema: unknown, path: string): readonly string[] {
  if (!isSchema(schema)) return [];
  // What has no type of its own may be anything at all.
  const isAny = !["type", "anyOf", "enum", "const"].some((key) => key in schema);
  const isOpen =
    schema["type"] === "string" && !["enum", "const", "pattern", UNTRUSTED].some((key) => schema[key] !== undefined);
  const parts = [
    ...Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {}).map(
      ([name, part]) => [`${path}.${name}`, part] as const,
    ),
    ...(Array.isArray(schema["anyOf"]) ? schema["anyOf"] : []).map((part: unknown) => [path, part] as const),
    ...("items" in schema ? [[`${path}[]`, schema["items"]] as const] : []),
    ...(isSchema(schema["additionalProperties"]) ? [[`${path}{}`, { type: "any" }] as const] : []),
  ];
  return [...(isAny || isOpen ? [path] : []), ...parts.flatMap(([at, part]) => openStrings(part, at))];
}

describe.each([
  ["tgmcp-read", READ_TOOLS],
  ["tgmcp-actions", ACTION_TOOLS],
] as const)("%s", (server, tools) => {
  const listed = tools.map((tool) => tool.listed());

  it("says of every string in a result either what it can be, or that people wrote it", () => {
    expect(listed.flatMap(({ name, outputSchema }) => openStrings(outputSchema, name))).toEqual([]);
  });

  it("would notice a string that says neither", () => {
    const text = { type: "string" };
    const object = (part: Schema) => ({ type: "object", properties: { part } });
    expect(openStrings(object(text), "x")).toEqual(["x.part"]);
    expect(openStrings(object({ type: "array", items: text }), "x")).toEqual(["x.part[]"]);
    expect(openStrings(object({ anyOf: [text] }), "x")).toEqual(["x.part"]);
    expect(openStrings(object({}), "x")).toEqual(["x.part"]);
    expect(openStrings(object({ ...text, [UNTRUSTED]: 10 }), "x")).toEqual([]);
  });

  it("takes no argument that it does not name", () => {
    expect(listed.filter(({ inputSchema }) => inputSchema["additionalProperties"] !== false)).toEqual([]);
  });

  it("has a title, a description and all hints that its kind needs", () => {
    for (const { title, description, annotations } of listed) {
      expect(title.length).toBeGreaterThan(0);
      expect(description).toMatch(/\.$/);
      const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
      expect([readOnlyHint, idempotentHint, openWorldHint]).not.toContain(undefined);
      if (readOnlyHint === false) expect(destructiveHint).toBeTypeOf("boolean");
    }
  });

  it("is listed as it was", async () => {
    const sorted = [...listed].sort((one, other) => (one.name < other.name ? -1 : 1));
    expect(new Set(sorted.map(({ name }) => name)).size).toBe(sorted.length);
    await expect(`${JSON.stringify(sorted, null, 1)}\n`).toMatchFileSnapshot(`../__snapshots__/${server}.txt`);
  });
});

/** Of the original, by its names. */
const ORIGINAL = [
  "tg_list_sessions tg_use_session tg_get_group_info tg_get_my_dialogs tg_resolve_username tg_send_message tg_send_file",
  "tg_delete_messages tg_clear_history tg_leave_dialog tg_edit_message tg_forward_messages tg_add_member_to_group",
  "tg_remove_member_from_group tg_migrate_member tg_create_add_member_batch tg_create_add_member_batch_from_report",
  "tg_create_delete_messages_batch_from_manifest tg_create_leave_dialog_batch_from_candidates tg_approve_batch",
  "tg_get_batch_status tg_run_add_member_batch tg_run_delete_messages_batch tg_run_leave_dialog_batch",
  "tg_get_actions_policy tg_get_stats tg_auth_status",
].flatMap((line) => line.split(" "));

it("The actions server has the 27 tools of the original", () => {
  expect(ORIGINAL).toHaveLength(27);
  expect(ACTION_TOOLS.map(({ name }) => name)).toEqual(expect.arrayContaining(ORIGINAL));
});

it("Previews come first wherever nothing is sent by default in the original", () => {
  const defaults = Object.fromEntries(
    ACTION_TOOLS.map((tool) => tool.listed()).flatMap(({ name, inputSchema }) => {
      const { dry_run } = inputSchema["properties"] as Readonly<Record<string, { readonly default?: unknown }>>;
      return dry_run === undefined ? [] : [[name, dry_run.default] as const];
    }),
  );
  expect(Object.keys(defaults)).toHaveLength(15);
  expect(Object.entries(defaults).filter(([, byDefault]) => byDefault === false)).toEqual([
    ["tg_send_file", false],
    ["tg_send_message", false],
  ]);
});
