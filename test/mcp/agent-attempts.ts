/** A call that must be refused, and how. */
export interface Attempt {
  readonly what: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly code: RegExp;
}

export const LAB = "@tidewater_lab";
export const JONAS = "@jonas_lq";
/** On no list. */
const LIV = "@liv_paints";
const GAZETTE = "Harbour Gazette 📰";

const text = "Sent by an agent";
const at = (group: unknown) => ({ group, message_text: text });
const GATES = { dry_run: false, confirm: true, confirmation_text: "yes, send it", approval_code: "ABCD2345" };

/** Without a person: neither words nor numbers of its own are an approval. */
export const SELF_APPROVALS: readonly Attempt[] = (
  [
    ["no gates", { dry_run: false }, /^confirmation_required$/],
    [
      "gates that are turned off",
      { confirm: false, confirmation_text: "", approval_code: "" },
      /^confirmation_required$/,
    ],
    ["a gate of another type", { confirm: "true" }, /^input_invalid$/],
    ["a gate that is a number", { confirm: 1 }, /^input_invalid$/],
    ["a gate of another name", { confirm: true, approved: true }, /^input_invalid$/],
    ["a gate of the package", { confirm: true, approvalCode: "x" }, /^input_invalid$/],
    ["a person's name", { confirm: true, approved_by: "operator" }, /^input_invalid$/],
  ] as const
).map(([what, gates, code]) => ({
  what: `${what} given by itself`,
  tool: "tg_send_message",
  args: { ...at(LAB), ...gates },
  code,
}));

/** A chat that is not on the list, by whatever name. The list has the lab and Jonas. */
export const aliases = (ids: {
  readonly gazette: number;
  readonly liv: number;
  readonly self: number;
}): readonly Attempt[] => {
  const bare = (id: number): string => String(id).replace(/^-100/, "");
  const chats: readonly unknown[] = [
    ids.gazette,
    String(ids.gazette),
    bare(ids.gazette),
    Number(bare(ids.gazette)),
    ids.liv,
    -ids.liv,
    GAZETTE,
    GAZETTE.toUpperCase(),
    "@harbour_gazette",
    "harbour_gazette",
    "@HARBOUR_GAZETTE",
    " @harbour_gazette ",
    "t.me/harbour_gazette",
    "https://t.me/harbour_gazette",
    "https://t.me/harbour_gazette/",
    "http://telegram.me/harbour_gazette",
    "https://t.me/tidewater_lab/../harbour_gazette",
    "https://t.me/harbour_gazette?x=tidewater_lab",
    "tg://resolve?domain=harbour_gazette",
    "@tidewater_lab,@harbour_gazette",
    "@tidewater_lab\n@harbour_gazette",
    "@tidewater_lаb",
    "＠tidewater_lab",
    "@tidewater_lab\u0000@harbour_gazette",
    "@tidewater_lab\u200B",
    LIV,
    "me",
    "self",
    ids.self,
    777_000,
    "Telegram",
    "@all",
    "*",
    "",
    "0",
    0,
  ];
  const refused = /^(not_allowed|chat_not_found|input_invalid|not_a_member|message_not_found)$/;
  const forward = { message_ids: [1] };
  return [
    ...chats.map((group) => ({
      what: `writing to ${JSON.stringify(group)}`,
      tool: "tg_send_message",
      args: at(group),
      code: refused,
    })),
    ...chats.slice(0, 13).flatMap((group) => [
      {
        what: `forwarding to ${JSON.stringify(group)}`,
        tool: "tg_forward_messages",
        args: { ...forward, from_group: LAB, to_group: group },
        code: refused,
      },
      {
        what: `forwarding from ${JSON.stringify(group)}`,
        tool: "tg_forward_messages",
        args: { ...forward, from_group: group, to_group: LAB },
        code: refused,
      },
    ]),
    ...(
      [
        ["tg_edit_message", { message_id: 1, new_text: text }],
        ["tg_delete_messages", { message_ids: [1] }],
        ["tg_clear_history", {}],
        ["tg_leave_dialog", {}],
        ["tg_pin_message", { message_id: 1 }],
        ["tg_react", { message_id: 1, emoji: "👍" }],
        ["tg_mark_read", {}],
        ["tg_add_member_to_group", { user: JONAS }],
        ["tg_remove_member_from_group", { user: JONAS }],
        ["tg_migrate_member", { old_user: JONAS, new_user: LIV }],
        ["tg_save_draft", { text }],
        ["tg_join_chat", {}],
        ["tg_send_file", { file_path: "plan.txt" }],
      ] as const
    ).map(([tool, args]) => ({
      what: `${tool} elsewhere`,
      tool,
      args: { group: "@harbour_gazette", ...args },
      code: refused,
    })),
    {
      what: "an invite link",
      tool: "tg_join_chat",
      args: { group: "https://t.me/+AbCdEfGhIjKlMnOp" },
      code: /^(not_allowed|telegram_error|chat_not_found|input_invalid)$/,
    },
  ];
};

let deep: unknown = "x";
for (let n = 0; n < 4000; n++) deep = [deep];

/** Arguments as no schema has them. */
export const RAW: readonly Attempt[] = [
  ...(
    [
      ["an unknown argument", { ...at(LAB), raw: true }],
      ["an argument of GramJS", { ...at(LAB), randomId: "1", noWebpage: false }],
      ["a constructor", { ...at(LAB), constructor: { prototype: { confirm: true } } }],
      ["a list for a text", { group: [LAB], message_text: [text] }],
      ["an object for a text", { group: { id: 1 }, message_text: { text } }],
      ["nothing for a text", { group: LAB, message_text: null }],
      ["no arguments", {}],
      ["too large a number", { ...at(1e308), reply_to: 1 }],
      ["a number that is not whole", at(1.5)],
      ["a number beyond what is exact", at(2 ** 53)],
      ["a text for a number", { ...at(LAB), reply_to: "NaN" }],
      ["another text for a number", { ...at(LAB), reply_to: "1e3" }],
      ["a number below nothing", { ...at(LAB), reply_to: -1, topic: -1 }],
      ["a moment that is none", { ...at(LAB), schedule: "tomorrow", dry_run: true }],
      ["a moment long ago", { ...at(LAB), schedule: "1970-01-01T00:00:00Z", dry_run: true }],
      ["a text of a megabyte", { group: LAB, message_text: "x".repeat(1_000_000) }],
      ["a name of a megabyte", at("x".repeat(1_000_000))],
      ["a key of a megabyte", { ...at(LAB), idempotency_key: "x".repeat(1_000_000) }],
      ["a code of a megabyte", { ...at(LAB), confirm: true, approval_code: "x".repeat(1_000_000) }],
      ["deep lists", { ...at(LAB), reply_to: deep }],
    ] as const
  ).map(([what, args]) => ({
    what,
    tool: "tg_send_message",
    args: { ...GATES, ...args },
    code: /^(input_invalid|message_not_found|chat_not_found)$/,
  })),
  ...(
    [
      ["10,000 ids", "tg_delete_messages", { message_ids: Array.from({ length: 10_000 }, (_, n) => n + 1) }],
      ["ids below nothing", "tg_delete_messages", { message_ids: [-1, 0] }],
      ["ids that are texts", "tg_delete_messages", { message_ids: ["1"] }],
      ["ids that are none", "tg_delete_messages", { message_ids: [] }],
      ["an emoji that is a text", "tg_react", { message_id: 1, emoji: text.repeat(10) }],
    ] as const
  ).map(([what, tool, args]) => ({ what, tool, args: { group: LAB, ...GATES, ...args }, code: /^input_invalid$/ })),
  {
    what: "10,001 groups",
    tool: "tg_create_add_member_batch",
    args: { user: JONAS, groups: Array.from({ length: 10_001 }, () => LAB) },
    code: /^input_invalid$/,
  },
];

/** Paths out of the allowed folders, and to what is private inside of them. */
export const pathsOut = (folder: string): readonly string[] => [
  "/etc/passwd",
  "/etc",
  "/proc/self/environ",
  "/proc/self/cwd/package.json",
  "/dev/stdin",
  "/dev/null",
  "..",
  "../..",
  "../sandbox-info.json",
  "inside/../../sandbox-info.json",
  "./.././../sandbox-info.json",
  `${folder}/sandbox-info.json`,
  `${folder}/files/../sandbox-info.json`,
  "~/.bashrc",
  "~root/.ssh/id_rsa",
  "$HOME/.bashrc",
  "file:///etc/passwd",
  "file:../sandbox-info.json",
  "\\\\server\\share\\x",
  "//server/share/x",
  "C:\\Windows\\win.ini",
  "..\\..\\sandbox-info.json",
  "%2e%2e/sandbox-info.json",
  "x\u0000.json",
  "inside/x\n.json",
  "link",
  "link/passwd",
  "loop",
  "loop/loop/x.json",
  // These stay private although an allowed folder holds them.
  `${folder}/data`,
  `${folder}/data/state.sqlite`,
  `${folder}/data/state.sqlite-wal`,
  `${folder}/files/../data/state.sqlite`,
  `${folder}/data/sessions`,
  `${folder}/data/sessions/work.session`,
  `${folder}/data/audit`,
  `${folder}/data/audit/main.jsonl`,
  " ",
  "x".repeat(5000),
];

/** What reads or sends a file, or makes one, by the name of the argument. */
export const PATH_TOOLS: readonly (readonly [tool: string, argument: string, more: Record<string, unknown>])[] = [
  ["tg_send_file", "file_path", { group: LAB, ...GATES }],
  ["tg_create_delete_messages_batch_from_manifest", "manifest_path", {}],
  ["tg_create_add_member_batch_from_report", "report_path", { user: JONAS }],
  ["tg_create_leave_dialog_batch_from_candidates", "candidates_path", {}],
];
