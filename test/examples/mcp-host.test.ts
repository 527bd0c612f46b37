import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type FaultRule } from "tg-guarded/testing";
import { examplePrograms, type ExamplePrograms } from "../support/example-programs.js";
import { sandboxEnv } from "../support/sandbox-file.js";
import { tempFolder } from "../support/temp-folder.js";

// Four processes of npm and Node for each run.
describe("mcp-host", () => {
  let programs: ExamplePrograms;
  beforeAll(async () => {
    programs = await examplePrograms("mcp-host");
  });
  afterAll(() => programs[Symbol.asyncDispose]());

  /** Runs the program, with somebody at its keyboard who says this when asked, and leaves. */
  async function run(says: string, faults: readonly FaultRule[] = []) {
    await using sandbox = await startSandbox({ faults });
    await using folder = await tempFolder();
    const host = programs.start("mcp-host", ["@tidewater_lab", "Low tide at noon."], {
      ...(await sandboxEnv(folder.file("sandbox.json"), sandbox.info)),
      TG_DATA_DIR: folder.file("data"),
      RETRY_MAX_ATTEMPTS: "0",
      TG_ACTIONS_ENABLED: "1",
      TG_ACTIONS_ALLOWED_GROUPS: "@tidewater_lab",
      TG_ACTIONS_OPERATOR_WAIT_SEC: "0",
    });
    const lines: string[] = [];
    for (let line = await host.line(); line !== undefined; line = await host.line()) {
      lines.push(line);
      if (line.startsWith("Send it?")) host.process.stdin.end(says);
    }
    const { code, complaint } = await host.ended;
    expect([code, complaint]).toEqual([0, expect.anything()]);
    const texts = [...sandbox.world.chat("@tidewater_lab").messages()].map((message) => message.text);
    return { lines, texts, unfired: sandbox.faults.unfired() };
  }

  test("reads, waits when it is told to, and sends what the person says yes to", async () => {
    const { lines, texts, unfired } = await run("yes\n", [
      { method: "messages.getDialogs", nth: 1, error: "FLOOD_WAIT_2" },
    ]);
    expect(unfired).toEqual([]);
    expect(lines.filter((line) => !/^(Action|Account|What|Quota|Approve|Warning) /.test(line))).toEqual([
      expect.stringMatching(/^tgmcp-read has \d+ tools$/),
      expect.stringMatching(/^tg_get_my_dialogs is too early: waiting [23] seconds$/),
      "- Tomás Ferreira",
      "- Tidewater Lab",
      "- Harbour Gazette 📰",
      "the newest message of @tidewater_lab has the id 420",
      "preview: preview",
      expect.stringMatching(/^To {7}supergroup "Tidewater Lab"/),
      "Seen by  9 people",
      "Text",
      "  | Low tide at noon.",
      "Send it? (yes/no)",
      "outcome: done",
    ]);
    expect(texts).toContain("Low tide at noon.");
  });

  test.each(["no\n", ""])("sends nothing after %j", async (says) => {
    const { lines, texts } = await run(says);
    expect(lines.at(-1)).toBe("outcome: awaiting_approval");
    expect(texts).not.toContain("Low tide at noon.");
  });
});
