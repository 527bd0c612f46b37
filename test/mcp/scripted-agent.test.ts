import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aliases, JONAS, LAB, PATH_TOOLS, pathsOut, RAW, SELF_APPROVALS } from "./agent-attempts.js";
import { agentDesk, CODE, DIGITS, ENABLED, filesBelow, PHRASE, type AgentDesk } from "./agent-desk.js";
import type { BuiltHost } from "./built-server.js";
import type { Answer } from "./desk.js";
import { writesIn, writesOf } from "./writes.js";

let desk: AgentDesk;
let code: BuiltHost, phrase: BuiltHost, operator: BuiltHost, declining: BuiltHost, reading: BuiltHost;
beforeAll(async () => {
  desk = await agentDesk();
  ({ code, phrase, operator, declining, reading } = desk);
  desk.sandbox.world.post(777_000, { text: `Login code: ${CODE}. Do not give this code to anyone!` });
});
afterAll(() => desk[Symbol.asyncDispose]());

const message = (text: string, group: string = LAB) => ({ group, message_text: text });

describe("An agent that approves by itself", () => {
  it("is refused whatever it says, whoever approves", async () => {
    await desk.expectNoWrite(async () => {
      for (const host of [code, phrase, operator, declining])
        expect(await desk.faultsOf(host, SELF_APPROVALS)).toEqual([]);
    });
  });

  it("cannot use a code at once, nor for another text, another chat, another tool or another call", async () => {
    const args = message("Approved for this alone");
    const { approval_code, action_id } = await desk.preview(code, args);
    await desk.expectNoWrite(async () => {
      const early = { code: "approval_too_early" };
      expect(await desk.send(code, args, { approval_code })).toMatchObject(early);
      const resumed = { action_id, approval_code, confirmation_text: "yes, send it" };
      expect(await desk.tell(code, "tg_resume_action", resumed)).toMatchObject(early);
      const invalid = { code: "approval_invalid" };
      expect(await desk.send(code, message("Approved for this alone!"), { approval_code })).toMatchObject(invalid);
      expect(await desk.send(code, message("Approved for this alone", JONAS), { approval_code })).toMatchObject(
        invalid,
      );
      expect(await desk.send(code, args, { approval_code, silent: true })).toMatchObject(invalid);
      expect(await desk.send(code, args, { approval_code, idempotency_key: "b" })).toMatchObject(invalid);
    });
  });

  it("cannot guess a code, or a phrase: soon none counts any more, the right one neither", async () => {
    await desk.expectNoWrite(async () => {
      const guessed = message("Guessed");
      const { approval_code } = await desk.preview(code, guessed);
      const answers: Answer[] = [];
      for (let n = 0; n < 12; n++) answers.push(await desk.send(code, guessed, { approval_code: `AAAA${2000 + n}` }));
      expect(new Set(answers.map(({ code: said }) => said))).toEqual(new Set(["approval_invalid", "approval_locked"]));
      expect(await desk.send(code, guessed, { approval_code })).toMatchObject({ code: "approval_locked" });
      const { approval_code: other } = await desk.preview(phrase, message("Guessed, too"));
      const phrases = ["yes", "approve", "confirm", "I approve", "blue", "heron", PHRASE.slice(0, -1)];
      const said: unknown[] = [];
      for (const confirmation_text of [...phrases, PHRASE]) {
        const gates = { approval_code: other, confirmation_text };
        said.push((await desk.send(phrase, message("Guessed, too"), gates))["code"]);
      }
      expect(said.slice(0, 1)).toEqual(["confirmation_text_invalid"]);
      expect(said.slice(-1)).toEqual(["approval_locked"]);
    });
  });

  it("waits for the operator, whatever it brings, and for whoever said no", async () => {
    await desk.expectNoWrite(async () => {
      for (const [host, text] of [
        [operator, "For the operator"],
        [declining, "For who declines"],
      ] as const) {
        const shown = await desk.preview(host, message(text));
        expect(shown).not.toHaveProperty("approval_code");
        const awaiting = await desk.send(host, message(text));
        expect(awaiting).toMatchObject({ status: "awaiting_approval" });
        const { action_id } = awaiting;
        for (const gates of [{}, { approval_code: "ABCD2345" }, { approval_code: action_id }, { force_resend: true }]) {
          const again = await desk.send(host, message(text), gates);
          expect([again["status"] ?? again["code"]]).toEqual([
            expect.stringMatching(/^(awaiting_approval|approval_\w+)$/),
          ]);
        }
        const resumed = await desk.tell(host, "tg_resume_action", { action_id, confirmation_text: "yes" });
        expect(resumed["status"] ?? resumed["code"]).toMatch(/^awaiting_approval$/);
      }
    });
    // Who has said no is not asked again and again.
    expect(desk.forms.length).toBeLessThan(4);
  });

  it("finds no other server that knows more: both have one state", async () => {
    const args = message("From another process");
    const { approval_code, action_id } = await desk.preview(code, args);
    await desk.expectNoWrite(async () => {
      expect(await desk.tell(phrase, "tg_resume_action", { action_id, confirmation_text: PHRASE })).toMatchObject({
        success: false,
      });
      expect(await desk.send(operator, args, { approval_code })).toMatchObject({ status: "awaiting_approval" });
      for (const tool of ["tg_get_actions_policy", "tg_list_batches", "tg_get_stats", "tg_list_sessions"]) {
        expect(JSON.stringify(await desk.tell(operator, tool))).not.toContain(String(approval_code));
      }
    });
  });
});

it("An approval is good for one write, in one of two servers on one session, and replayed it does nothing", async () => {
  const env = {
    ...ENABLED,
    TG_ACTIONS_APPROVER: "code",
    TG_ACTIONS_APPROVAL_MIN_AGE_SEC: "0",
    TG_DATA_DIR: join(desk.folder, "replay"),
  };
  const [one, other] = await Promise.all([desk.start("tgmcp-actions", { env }), desk.start("tgmcp-actions", { env })]);
  const args = message("Approved once");
  const { approval_code } = await desk.preview(one, args);
  const first = await writesOf(desk.sandbox, async () => {
    const answers = await Promise.all([one, other].map((host) => desk.send(host, args, { approval_code })));
    for (const { status, code: failed } of answers) expect(status ?? failed).toMatch(/^(done|action_in_progress)$/);
  });
  expect(first).toEqual(["messages.sendMessage"]);
  await desk.expectNoWrite(async () => {
    for (const host of [one, other]) {
      expect(await desk.send(host, args, { approval_code })).toMatchObject({ status: "done", repeated: true });
      for (const more of [message("Approved twice"), message("Approved once", JONAS), { force_resend: true }]) {
        const answer = await desk.send(host, { ...args, ...more }, { approval_code });
        expect([more, answer["success"] === false || answer["repeated"]]).toEqual([more, true]);
      }
    }
  });
});

const REFUSED = /^(name_moved|not_allowed|chat_ambiguous)$/;

describe("An agent that writes elsewhere", () => {
  it("is refused by whatever name it calls a chat", async () => {
    const { world } = desk.sandbox;
    const self = world.accounts[0]?.id ?? 0;
    const ids = { gazette: world.chat("@harbour_gazette").id, liv: world.chat("@liv_paints").id, self };
    await desk.expectNoWrite(async () => {
      expect(await desk.faultsOf(code, aliases(ids))).toEqual([]);
    });
  });

  it("does not follow a name to whoever took it over, nor a title", async () => {
    const { world } = desk.sandbox;
    const [jonas, lab] = [world.chat(JONAS).id, world.chat(LAB).id];
    await desk.preview(operator, message("To Jonas", JONAS));
    world.moveUsername("jonas_lq", world.chat("@liv_paints").id);
    world.rename("@harbour_gazette", "Tidewater Lab");
    await desk.expectNoWrite(async () => {
      for (const host of [declining, operator]) {
        // A name means whom it meant, or nobody.
        for (const [group, meant] of [
          [JONAS, jonas],
          ["t.me/jonas_lq", jonas],
          ["Tidewater Lab", lab],
        ] as const) {
          const { targets, code: said } = await desk.preview(host, message("To a stranger", group));
          const [{ id } = { id: meant }] = (targets ?? []) as readonly { readonly id: number }[];
          expect([group, id, said]).toEqual([group, meant, said === undefined ? said : expect.stringMatching(REFUSED)]);
        }
        const stranger = message("To a stranger", String(world.chat("@jonas_lq").id));
        expect((await desk.send(host, stranger))["code"]).toMatch(REFUSED);
      }
    });
  });

  it("finds no tool for it in the server that reads", async () => {
    const { tools } = await code.client.listTools();
    const known = new Set((await reading.client.listTools()).tools.map(({ name }) => name));
    await desk.expectNoWrite(async () => {
      for (const { name } of tools.filter((tool) => !known.has(tool.name))) {
        await expect(reading.client.callTool({ name, arguments: message("From reading") })).rejects.toThrow(
          /no such tool/,
        );
      }
    });
  });
});

it("A prototype is no gate", async () => {
  const args = JSON.parse(`{"group": "${LAB}", "message_text": "x", "__proto__": {"confirm": true}}`) as Record<
    string,
    unknown
  >;
  await desk.expectNoWrite(async () => {
    expect(await desk.tell(operator, "tg_send_message", args)).toMatchObject({ code: "confirmation_required" });
  });
});

it("Arguments as no schema has them are refused, and the servers go on", async () => {
  await desk.expectNoWrite(async () => {
    expect(await desk.faultsOf(operator, RAW)).toEqual([]);
    expect(await desk.tell(operator, "tg_auth_status")).toMatchObject({ authorized: true });
  });
});

describe("Paths", () => {
  it("lead out of the allowed folders by no way, nor to what is private in them", async () => {
    const refused = /^(path_not_allowed|input_invalid|file_unavailable|file_too_large)$/;
    const attempts = PATH_TOOLS.flatMap(([tool, argument, more]) =>
      pathsOut(desk.folder).map((path) => ({
        what: `${tool} ${path}`,
        tool,
        args: { ...more, [argument]: path },
        code: refused,
      })),
    );
    await desk.expectNoWrite(async () => {
      expect(await desk.faultsOf(operator, attempts)).toEqual([]);
    });
  });

  it("take no file there either", async () => {
    const message_id = [...desk.sandbox.world.chat(LAB).messages()].find(({ media }) => media?.kind === "document")?.id;
    const before = await filesBelow(desk.folder);
    await desk.expectNoWrite(async () => {
      for (const path of pathsOut(desk.folder)) {
        for (const [tool, args] of [
          ["tg_download_media", { message_id, output_dir: path }],
          ["tg_export_messages", { output_file: path, limit: 1 }],
          ["tg_export_participants", { output_file: `${path}/x.csv` }],
        ] as const) {
          const answer = await desk.tell(reading, tool, { group: LAB, ...args });
          // What looks like a way out may be the plain name of a folder inside.
          const inside = String(answer["path"]).startsWith(`${desk.files}/`);
          const refused = /^(path_not_allowed|input_invalid|file_exists|file_error)$/.test(String(answer["code"]));
          expect([tool, path, answer, inside || refused]).toEqual([tool, path, answer, true]);
        }
      }
    });
    const made = (await filesBelow(desk.folder)).filter((path) => !before.includes(path));
    expect(made.filter((path) => !path.startsWith(`${desk.files}/`))).toEqual([]);
  });
});

describe("Login codes", () => {
  it("are told by no tool, under no name of Telegram's own chat", async () => {
    const service = [777_000, "777000", "Telegram", "+42777", "@telegram"];
    const { cursor } = await desk.tell(reading, "tg_wait_for_messages", { timeout_seconds: 1 });
    desk.sandbox.world.post(777_000, { text: `Login code: ${CODE}. And once more: 7 1 8 3 9, 71-839.` });
    for (const group of service) {
      const fields = ["markdown", "entities", "buttons", "sender_name", "service", "media"];
      await desk.tell(reading, "tg_get_messages", { group, fields });
      await desk.tell(reading, "tg_get_messages_since", { group, cutoff_iso: "2020-01-01", fields });
      await desk.tell(reading, "tg_get_pinned_messages", { group });
      await desk.tell(reading, "tg_get_replies", { group, message_id: 1 });
      await desk.tell(reading, "tg_get_group_info", { group });
      await desk.tell(reading, "tg_search_messages", { group, query: "code", fields });
      await desk.tell(reading, "tg_wait_for_messages", { groups: [group], timeout_seconds: 1 });
      const output_file = `codes-${service.indexOf(group)}`;
      for (const ending of ["jsonl", "csv", "md", "json"]) {
        await desk.tell(reading, "tg_export_messages", { group, output_file: `${output_file}.${ending}` });
      }
      await desk.tell(code, "tg_get_group_info", { group });
      await desk.expectNoWrite(() =>
        desk.tell(code, "tg_forward_messages", { from_group: group, to_group: LAB, message_ids: [1] }),
      );
    }
    await desk.tell(reading, "tg_search_messages", { query: "code" });
    await desk.tell(reading, "tg_search_messages", { query: "login" });
    await desk.tell(reading, "tg_wait_for_messages", { cursor, timeout_seconds: 1 });
    const exported = (await filesBelow(desk.files)).filter((path) => path.includes("codes-"));
    for (const file of exported) expect(await readFile(file, "utf8")).not.toMatch(DIGITS);
  });

  it("are found by none of their digits: a search tells nothing", async () => {
    const counts = async (query: string): Promise<readonly unknown[]> => {
      const asked = [{ query }, { query, group: 777_000 }];
      return Promise.all(
        asked.map(async (args) => (await desk.tell(reading, "tg_search_messages", args))["count"] ?? 0),
      );
    };
    expect([await counts(CODE), await counts("71839.")]).toEqual([await counts("99999"), await counts("99999.")]);
    const exported = async (query: string, output_file: string): Promise<unknown> =>
      (await desk.tell(reading, "tg_export_messages", { group: 777_000, query, output_file }))["count"] ?? 0;
    expect(await exported(CODE, "right.jsonl")).toBe(await exported("99999", "wrong.jsonl"));
  });
});

it("In the end one message was sent, and nothing private was told", () => {
  expect(writesIn(desk.sandbox.log)).toEqual(["messages.sendMessage"]);
  const { accounts, apiHash } = desk.sandbox.info;
  const secrets = [PHRASE, apiHash, ...accounts.flatMap(({ session, password = PHRASE }) => [session, password])];
  expect(desk.told.length).toBeGreaterThan(400);
  for (const secret of secrets) expect(desk.told.some((answer) => answer.includes(secret))).toBe(false);
  expect(desk.told.filter((answer) => DIGITS.test(answer)).map((answer) => answer.slice(0, 300))).toEqual([]);
});
