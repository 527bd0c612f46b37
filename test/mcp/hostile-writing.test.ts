import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRecord } from "../../adapters/mcp/words.js";
import type { Answer } from "./desk.js";
import { BY_FORM, expectSameFrames, hostileDesk, type HostileDesk } from "./hostile-desk.js";
import { HARMLESS } from "./hostile-texts.js";
import { CHATS, MESSAGES, type HostileChat } from "./hostile-world.js";
import { writesOf } from "./writes.js";

/** What the person says to confirm. */
const SAID = "yes, send it";
const MOST_CHARS = 2000;

let desk: HostileDesk;
beforeAll(async () => {
  desk = await hostileDesk();
  await desk.act("tg_get_my_dialogs", { limit: 1000 });
});
afterAll(() => desk[Symbol.asyncDispose]());

/** Half of a surrogate pair is another character there. */
const overWire = (text: string): string => Buffer.from(text).toString();

const textsOf = (chat: number | string): readonly string[] =>
  [...desk.sandbox.world.chat(chat).messages()].map(({ text }) => overWire(text));

const gates = ({ approval_code }: Answer) => ({
  dry_run: false,
  confirm: true,
  confirmation_text: SAID,
  approval_code,
});

async function approved(name: string, args: Record<string, unknown>): Promise<Answer> {
  return desk.act(name, { ...args, ...gates(await desk.act(name, { ...args, dry_run: true })) });
}

/** New with every call: what they look like, their schemas say. */
const FRESH = ["action_id", "action_hash", "approval_code", "approval_execute_after_ts", "batch_id", "created_at"];
/** What a text has beside its words: a length, links, and warnings of both. */
const OF_TEXT = ["expires_at", "more_characters", "links", "left_out"];
const OF_LINKS = /^links\[\]/;

function withoutFresh(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept: readonly unknown[] = value.filter((item, n) => !OF_LINKS.test(String(item)) && !isTold(item, n, value));
    return kept.map(withoutFresh);
  }
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !OF_TEXT.includes(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, FRESH.includes(name) ? "fresh" : withoutFresh(part)]));
}

/** Of warnings, how many there are. */
const isTold = (item: unknown, n: number, all: readonly unknown[]): boolean =>
  n > 0 && item === "…" && all[n - 1] === item;

describe("Titles, names and messages of others change nothing of ours in", () => {
  // Every text meets a third of these tools, every tool a third of the texts.
  const calls: readonly (readonly [string, (chat: HostileChat) => Record<string, unknown>])[] = [
    ["tg_send_message", ({ group }) => ({ group, message_text: "Hello", dry_run: true })],
    ["tg_send_message", ({ person }) => ({ group: person, message_text: "Hello", dry_run: true })],
    ["tg_edit_message", ({ group }) => ({ group, message_id: MESSAGES.own, new_text: "Hello" })],
    ["tg_edit_message", ({ group }) => ({ group, message_id: MESSAGES.foreign, new_text: "Hello" })],
    ["tg_delete_messages", ({ group }) => ({ group, message_ids: [MESSAGES.foreign, MESSAGES.file] })],
    [
      "tg_forward_messages",
      ({ group, person }) => ({ from_group: group, to_group: person, message_ids: [MESSAGES.foreign] }),
    ],
    ["tg_pin_message", ({ group }) => ({ group, message_id: MESSAGES.foreign })],
    ["tg_react", ({ group }) => ({ group, message_id: MESSAGES.foreign, emoji: "👍" })],
    ["tg_mark_read", ({ group }) => ({ group })],
    ["tg_leave_dialog", ({ group }) => ({ group })],
    ["tg_clear_history", ({ group }) => ({ group })],
    ["tg_remove_member_from_group", ({ group, person }) => ({ group, user: person })],
    ["tg_add_member_to_group", ({ person }) => ({ group: person, user: person })],
  ];

  it.each(calls.map((call, third) => [third, ...call] as const))("%i %s", async (third, name, args) => {
    const writes = await writesOf(desk.sandbox, () =>
      expectSameFrames((chat) => desk.act(name, args(chat)), { shown: withoutFresh, third }),
    );
    expect(writes).toEqual([]);
  });
});

it("A text of any kind is sent once approved, exactly as it is, and nothing beside it", async () => {
  const to = CHATS[0]?.person ?? 0;
  const refused: string[] = [];
  const arrived = async (text: string): Promise<void> => {
    const args = { group: to, message_text: text };
    const preview = await desk.act("tg_send_message", { ...args, dry_run: true });
    if (preview["success"] === false) {
      expect(preview).toMatchObject({ code: "input_invalid", applied: "no" });
      refused.push(text);
      return;
    }
    const given = gates(preview);
    // The approval of one text is none of another.
    const other = await desk.act("tg_send_message", { ...args, message_text: HARMLESS, ...given });
    expect(other["code"]).toBe("approval_invalid");
    expect(await desk.act("tg_send_message", { ...args, ...given })).toMatchObject({ status: "done" });
    expect(textsOf(to).at(-1)).toBe(overWire(text.trim()));
  };
  for (const { text } of CHATS.slice(1)) {
    const before = textsOf(to).length;
    const writes = await writesOf(desk.sandbox, () => arrived(text));
    const sent = refused.includes(text) ? 0 : 1;
    expect([text.slice(0, 50), writes]).toEqual([text.slice(0, 50), sent ? ["messages.sendMessage"] : []]);
    expect(textsOf(to).length - before).toBe(sent);
  }
  expect(refused.every((text) => text.trim() === "" || text.trim().length > MOST_CHARS)).toBe(true);
});

it("What others wrote and approved is passed on as it is, and nothing beside it", async () => {
  const to = CHATS[0]?.person ?? 0;
  for (const { group, text } of CHATS.filter(({ text }, n) => n % 3 === 0 && text.length < MOST_CHARS)) {
    const args = { from_group: group, to_group: to, message_ids: [MESSAGES.foreign] };
    const before = textsOf(to).length;
    const writes = await writesOf(desk.sandbox, async () => {
      expect(await approved("tg_forward_messages", args)).toMatchObject({ status: "done" });
    });
    expect(writes).toEqual(["messages.forwardMessages"]);
    expect(textsOf(to).slice(before)).toEqual([overWire(text)]);
  }
});

it("A batch over chats of any title does what was approved, and its note decides nothing", async () => {
  const user = CHATS[0]?.person ?? 0;
  const groups = CHATS.slice(1).map(({ group }) => group);
  const note = CHATS.map(({ text }) => text.slice(0, 30))
    .join(" ")
    .slice(0, 500);
  const { batch_id } = await desk.act("tg_create_add_member_batch", { user, groups, note });
  expect(await desk.act("tg_run_add_member_batch", { batch_id })).toMatchObject({ code: "batch_not_approved" });
  expect(await approved("tg_approve_batch", { batch_id })).toMatchObject({ status: "done" });
  const writes = await writesOf(desk.sandbox, async () => {
    expect(await desk.act("tg_run_add_member_batch", { batch_id, max_actions: 1000 })).toMatchObject({
      status: "completed",
      counts: { success: groups.length },
    });
  });
  expect(writes).toEqual(groups.map(() => "channels.inviteToChannel"));
  for (const { group } of CHATS) {
    expect([...desk.sandbox.world.chat(group).members()].some(({ userId }) => userId === user)).toBe(true);
  }
});

/** Texts have links, or not. */
const LINK = "Link     ";

it("A form shows titles and texts in places of their own; where the person says no, nothing is sent", async () => {
  await using asked = await hostileDesk({ actions: BY_FORM, says: "no" });
  await asked.act("tg_get_my_dialogs", { limit: 1000 });
  const writes = await writesOf(asked.sandbox, async () => {
    for (const { group, person } of CHATS.filter((_, n) => n % 3 === 0)) {
      const message = { group, message_text: "Hello", confirm: true };
      expect(await asked.act("tg_send_message", message)).toMatchObject({ status: "awaiting_approval" });
      const forward = { from_group: group, to_group: person, message_ids: [MESSAGES.foreign], dry_run: false };
      expect(await asked.act("tg_forward_messages", { ...forward, confirm: true })).toMatchObject({
        status: "awaiting_approval",
      });
    }
  });
  expect(writes).toEqual([]);
  expect(asked.forms).toHaveLength(2 * Math.ceil(CHATS.length / 3));
  // Of the lines that begin at the margin, the words at the margin alone are ours.
  const labels = (form = ""): readonly string[] =>
    form
      .split("\n")
      .filter((line) => !line.startsWith("  "))
      .map((line) => line.slice(0, 9))
      .filter((label, n, all) => label !== LINK && label !== all[n - 1]);
  asked.forms.forEach((form, n) => {
    expect(labels(form)).toEqual(labels(asked.forms[n % 2]));
    expect(form).not.toMatch(/(?!\n)(?!(?<=\p{Extended_Pictographic}\uFE0F?)\u200D)[\p{C}\p{Zl}\p{Zp}]/u);
  });
});
