import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { secretFrom } from "../../src/secrets/command.js";

const SECRET = "0123456789abcdef";
const node = (program: string): string => `"${process.execPath}" -e "${program}"`;

async function refusal(command: string, timeoutMs?: number): Promise<string> {
  try {
    await secretFrom(command, timeoutMs === undefined ? {} : { timeoutMs });
  } catch (error) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
    if (isGuardError(error, "secret_unavailable")) return error.message;
    throw error;
  }
  return "none";
}

describe("A command that prints a secret", () => {
  it("gives what it prints, without the last line break", async () => {
    expect((await secretFrom(node(`console.log('${SECRET}')`))).expose()).toBe(SECRET);
    expect((await secretFrom(node("process.stdout.write('  a b  ')"))).expose()).toBe("  a b  ");
  });

  it("is run without a shell: nothing in its words means anything", async () => {
    const words = await secretFrom(`"${process.execPath}" -p process.argv.slice(1).join() $HOME ;id "two words" '*'`);
    expect(words.expose()).toBe("$HOME,;id,two words,*");
  });

  it("that fails, is silent, hangs, is not there or prints without end is told, and never what it said", async () => {
    expect(await refusal(node(`console.log('${SECRET}'); console.error('${SECRET}'); process.exit(3)`))).toContain(
      "code 3",
    );
    expect(await refusal(node("0"))).toContain("printed nothing");
    expect(await refusal(node(`console.log('${SECRET}'); setInterval(() => 0, 1000)`), 500)).toContain("within 0.5 s");
    expect(await refusal("no-such-command-anywhere")).toContain("was not found");
    expect(await refusal(node("console.log('x'.repeat(1e6))"))).toContain("too much");
  });

  it("that asks for a password finds nobody", async () => {
    expect(await refusal(node("process.stdin.on('end', () => process.exit(4)).resume()"))).toContain("code 4");
  });
});
