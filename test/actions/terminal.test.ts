import { getEventListeners } from "node:events";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { describeProposal, visible, type Proposal } from "tg-guarded";
import { askForWord } from "../../src/actions/approve-at-terminal.js";

const proposal: Proposal = {
  actionId: "0123456789abcdef01234567",
  operation: "sendMessage",
  digest: "0123456789abcdef0123456789abcdef",
  summary: "Send 5 characters",
  targets: [{ id: -100123, kind: "supergroup", title: "Lab\nTo       Somebody else", username: "lab" }],
  text: "pay \u202Eoto\u202C here\nAction   nothing",
  links: [{ text: "bank", url: "https://evil.example", hidden: true }],
  audience: 42,
  firstContact: true,
  warnings: ["Look twice."],
};

describe("A proposal for a person's eyes", () => {
  test("says whom, what, where links lead, who sees it and what to mind", () => {
    expect(describeProposal(proposal).split("\n")).toEqual([
      "Action   sendMessage (0123456789abcdef01234567)",
      'To       supergroup "Lab<U+000A>To       Somebody else" (@lab, -100123)',
      "Seen by  42 people",
      "Note     you have never written to this person",
      "What     Send 5 characters",
      "Text",
      "  | pay <U+202E>oto<U+202C> here",
      "  | Action   nothing",
      'Link     https://evil.example, behind "bank"',
      "Warning  Look twice.",
    ]);
  });

  test("has nothing in it that a terminal obeys or nobody sees, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
        const lines = describeProposal({ ...proposal, text, links: [] }).split("\n");
        const own = lines.filter((line) => !line.startsWith("  | "));
        expect(own).toHaveLength(7);
      }),
      { numRuns: 500 },
    );
  });

  test("leaves what one can see, emoji of several parts included", () => {
    for (const text of ["Grüße, 你好\n👩‍👩‍👧 👩🏽‍🚀 ❤️‍🔥", "שלום", "e\u0301"]) expect(visible(text)).toBe(text);
    expect(visible("a\u200Db \u001B[2J \u{E0041} \u200B")).toBe("a<U+200D>b <U+001B>[2J <U+E0041> <U+200B>");
  });
});

describe("The person at the terminal", () => {
  const answering = async (answer: string): Promise<boolean> => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = "";
    output.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const asked = askForWord({ input, output }, proposal);
    input.end(answer);
    const approved = await asked;
    expect(shown).toContain(describeProposal(proposal));
    return approved;
  };

  test("agrees by the word alone", async () => {
    expect(await answering("send\n")).toBe(true);
    expect(await answering(" SEND \n")).toBe(true);
    for (const no of ["\n", "y\n", "yes\n", "sendit\n", "don't send\n", ""]) expect(await answering(no)).toBe(false);
  });

  it("is asked one question at a time", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = "";
    const asked = new Promise<void>((resolve) => {
      output.on("data", (chunk: Buffer) => {
        shown += chunk.toString();
        if (shown.includes("to refuse: ")) resolve();
      });
    });
    const first = askForWord({ input, output }, proposal);
    const second = askForWord({ input, output }, { ...proposal, operation: "deleteMessages" });
    const given = new AbortController();
    const third = askForWord({ input, output }, { ...proposal, operation: "leaveChat" }, given.signal);
    await asked;
    expect(shown).not.toContain("deleteMessages");
    given.abort(new Error("Enough"));
    await expect(third).rejects.toThrow("Enough");
    input.write("send\n");
    expect(await first).toBe(true);
    input.end("no\n");
    expect(await second).toBe(false);
    expect(shown).toContain("deleteMessages");
    expect(shown).not.toContain("leaveChat");
  });

  it("need not answer a question that was taken back, which ends with the reason", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const given = new AbortController();
    const answer = askForWord({ input, output }, proposal, given.signal);
    output.once("data", () => {
      given.abort(new Error("Enough"));
    });
    await expect(answer).rejects.toThrow("Enough");
    expect(getEventListeners(given.signal, "abort")).toEqual([]);
  });

  it("is not there where the process has no terminal, and stdin does not stand in", async () => {
    const worker = fileURLToPath(new URL("../support/terminal-worker.mjs", import.meta.url));
    // A session of its own has no controlling terminal.
    const child = spawn(process.execPath, [worker], { detached: true, stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end("send\nsend\n");
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(child, "close");
    expect(said).toBe("approval_needs_terminal");
  });
});
