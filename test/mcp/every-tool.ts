import { expect } from "vitest";
import type { Answer } from "./desk.js";

type Args = Readonly<Record<string, unknown>>;

/** What earlier calls have left for the later ones. */
export interface Found {
  readonly own: number;
  readonly file: number;
  readonly jonas: number;
  readonly topic: number;
  readonly batches: {
    readonly add: unknown;
    readonly remove: unknown;
    readonly leave: unknown;
    readonly over: unknown;
  };
}

/** One call that works, with what its answer has, and one that cannot. */
export interface Exercise {
  readonly happy: (found: Found) => Args;
  readonly shows: Answer;
  readonly unhappy: Args;
  readonly code: string;
  /** A write: it is previewed, approved by its code, and carried out. */
  readonly isWrite?: true;
}

const LAB = "@tidewater_lab";
const JONAS = "@jonas_lq";
const LIV = "@liv_paints";
export const FORUM = "@quayside_forum";
const NOBODY = { group: "@nobody_is_called_so" };
const NO_BATCH = { batch_id: `bat_${"0".repeat(16)}` };
/** A list, with as many as there are. */
const SOME: Answer = { count: expect.any(Number) as number };
const DONE = { status: "done" };

const reads = (happy: Exercise["happy"], shows: Answer, unhappy: Args = NOBODY, code = "chat_not_found"): Exercise => ({
  ...{ happy, shows, unhappy, code },
});
const writes = (
  happy: Exercise["happy"],
  unhappy: Args = {},
  code = "chat_not_found",
  shows: Answer = DONE,
): Exercise => ({
  ...{ happy, shows, unhappy, code },
  isWrite: true,
});
const UNNAMED = { raw: true };
const none = "input_invalid";

/** What both servers have. */
const SHARED = {
  tg_auth_status: reads(() => ({}), { authorized: true }, UNNAMED, none),
  tg_get_group_info: reads(() => ({ group: LAB }), { type: "supergroup" }),
  tg_get_my_dialogs: reads(() => ({ limit: 3 }), { count: 3 }, { limit: 0 }, none),
  tg_get_stats: reads(() => ({}), { health: { status: "healthy" } }, UNNAMED, none),
  tg_list_sessions: reads(() => ({}), { sessions: ["home"] }, UNNAMED, none),
  tg_resolve_username: reads(() => ({ username: JONAS }), { type: "user" }, { username: "@nobody_is_called_so" }),
} satisfies Readonly<Record<string, Exercise>>;

export const READING: Readonly<Record<string, Exercise>> = {
  ...SHARED,
  tg_use_session: reads(() => ({ session_name: "home" }), { switched_to: "home" }, { session_name: "../x" }, none),
  tg_download_media: reads(
    ({ file }) => ({ group: LAB, message_id: file }),
    { success: true },
    { group: LAB, message_id: 1 },
    "media_unavailable",
  ),
  tg_export_messages: reads(
    () => ({ group: LAB, output_file: "lab.jsonl" }),
    { complete: true },
    { group: LAB, output_file: "../x.jsonl" },
    "path_not_allowed",
  ),
  tg_export_participants: reads(
    () => ({ group: LAB, output_file: "m.csv" }),
    { complete: true },
    { group: LAB, output_file: "m.exe" },
    none,
  ),
  tg_get_contacts: reads(() => ({}), SOME, { limit: 0 }, none),
  tg_get_group_creation_date: reads(() => ({ group: LAB }), { group: LAB }),
  tg_get_message_count: reads(() => ({ group: LAB }), { group: LAB }),
  tg_get_messages: reads(() => ({ group: LAB, limit: 2 }), { count: 2 }),
  tg_get_messages_since: reads(
    () => ({ group: LAB, cutoff_iso: "2020-01-01", limit: 2 }),
    { count: 2 },
    { ...NOBODY, cutoff_iso: "2020-01-01" },
  ),
  tg_get_participants: reads(() => ({ group: LAB, limit: 2 }), { count: 2 }),
  tg_get_pinned_messages: reads(() => ({ group: "@tide_talk_chat" }), SOME),
  tg_get_replies: reads(() => ({ group: LAB, message_id: 1 }), SOME, { ...NOBODY, message_id: 1 }),
  tg_get_topic_messages: reads(
    ({ topic }) => ({ group: FORUM, topic_id: topic, limit: 1 }),
    { count: 1 },
    { ...NOBODY, topic_id: 1 },
  ),
  tg_get_topics: reads(() => ({ group: FORUM, limit: 2 }), { count: 2 }),
  tg_get_user_by_id: reads(({ jonas }) => ({ user_id: jonas }), { username: "jonas_lq" }, { user_id: 4_242_424_242 }),
  tg_search_messages: reads(
    () => ({ group: LAB, query: "tide", limit: 1 }),
    { count: 1 },
    { ...NOBODY, query: "tide" },
  ),
  tg_search_participants: reads(() => ({ group: LAB, query: "kenta" }), { count: 1 }, { ...NOBODY, query: "kenta" }),
  tg_wait_for_messages: reads(
    () => ({ groups: [LAB], timeout_seconds: 1 }),
    { count: 0 },
    { groups: [NOBODY.group], timeout_seconds: 1 },
  ),
};

/** In the order in which they are called: some need what others leave. */
export const WRITING: Readonly<Record<string, Exercise>> = {
  ...SHARED,
  tg_use_session: reads(
    () => ({ session_name: "home" }),
    { switched_to: "home" },
    { session_name: "nobody" },
    "session_invalid",
  ),
  tg_get_actions_policy: reads(() => ({}), { enabled: true, approver: "code" }, UNNAMED, none),
  tg_list_batches: reads(() => ({}), SOME, { limit: 0 }, none),
  tg_create_add_member_batch: reads(
    () => ({ user: LIV, groups: [LAB] }),
    { item_count: 1 },
    { user: LIV, groups: [] },
    none,
  ),
  tg_create_add_member_batch_from_report: reads(
    () => ({ report_path: "report.json", user: LIV }),
    { item_count: 1 },
    { report_path: "/etc/passwd", user: LIV },
    "path_not_allowed",
  ),
  tg_create_delete_messages_batch_from_manifest: reads(
    () => ({ manifest_path: "manifest.json" }),
    { item_count: 1 },
    { manifest_path: "none.json" },
    none,
  ),
  tg_create_leave_dialog_batch_from_candidates: reads(
    () => ({ candidates_path: "candidates.json" }),
    { item_count: 1 },
    { candidates_path: "none.json" },
    none,
  ),
  tg_approve_batch: writes(({ batches }) => ({ batch_id: batches.add }), NO_BATCH, "batch_unknown"),
  tg_get_batch_status: reads(
    ({ batches }) => ({ batch_id: batches.add }),
    { status: "approved" },
    NO_BATCH,
    "batch_unknown",
  ),
  tg_run_add_member_batch: reads(
    ({ batches }) => ({ batch_id: batches.add }),
    { status: "completed" },
    NO_BATCH,
    "batch_unknown",
  ),
  tg_run_delete_messages_batch: reads(
    ({ batches }) => ({ batch_id: batches.remove }),
    { status: "completed" },
    NO_BATCH,
    "batch_unknown",
  ),
  tg_run_leave_dialog_batch: reads(
    ({ batches }) => ({ batch_id: batches.leave }),
    { status: "completed" },
    NO_BATCH,
    "batch_unknown",
  ),
  tg_cancel_batch: reads(
    ({ batches }) => ({ batch_id: batches.over }),
    { status: "cancelled" },
    NO_BATCH,
    "batch_unknown",
  ),
  tg_send_message: writes(() => ({ group: LAB, message_text: "Sent by a built server" }), {
    ...NOBODY,
    message_text: "x",
  }),
  tg_send_file: writes(
    () => ({ group: LAB, file_path: "plan.txt" }),
    { group: LAB, file_path: "/etc/passwd" },
    "path_not_allowed",
  ),
  tg_edit_message: writes(({ own }) => ({ group: LAB, message_id: own, new_text: "Edited" }), {
    ...NOBODY,
    message_id: 1,
    new_text: "x",
  }),
  tg_pin_message: writes(({ own }) => ({ group: LAB, message_id: own }), { ...NOBODY, message_id: 1 }),
  tg_react: writes(({ own }) => ({ group: LAB, message_id: own, emoji: "👍" }), {
    ...NOBODY,
    message_id: 1,
    emoji: "👍",
  }),
  tg_mark_read: writes(() => ({ group: JONAS }), NOBODY),
  tg_forward_messages: writes(({ own }) => ({ from_group: LAB, to_group: JONAS, message_ids: [own] }), {
    from_group: NOBODY.group,
    to_group: LAB,
    message_ids: [1],
  }),
  tg_delete_messages: writes(({ own }) => ({ group: LAB, message_ids: [own] }), { ...NOBODY, message_ids: [1] }),
  tg_save_draft: reads(() => ({ group: JONAS, text: "Dear Jonas" }), DONE, { ...NOBODY, text: "x" }),
  tg_migrate_member: writes(() => ({ group: LAB, old_user: LIV, new_user: "@fatima_bakes" }), {
    ...NOBODY,
    old_user: LIV,
    new_user: JONAS,
  }),
  tg_remove_member_from_group: writes(() => ({ group: LAB, user: "@fatima_bakes" }), { ...NOBODY, user: LIV }),
  tg_add_member_to_group: writes(() => ({ group: LAB, user: "@fatima_bakes" }), { ...NOBODY, user: LIV }),
  tg_join_chat: writes(() => ({ group: "@night_trains_eu" }), NOBODY),
  tg_leave_dialog: writes(() => ({ group: "@night_trains_eu" }), NOBODY),
  tg_clear_history: writes(() => ({ group: "@kenta_nakamura" }), NOBODY),
  tg_resume_action: reads(() => ({ action_id: "0".repeat(24) }), { code: "action_unknown" }, { action_id: "x" }, none),
};
