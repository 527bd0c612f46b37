import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { DoctorOptions, Finding } from "tg-guarded";
import { newPatient, told } from "./examined.js";

type Probe = NonNullable<DoctorOptions["probe"]>;
type Result = Awaited<ReturnType<Probe>>;

const FAULT: Finding = { topic: "servers", level: "fault", text: "It is broken." };

interface Probed {
  readonly findings: readonly Finding[];
  readonly asked: readonly Parameters<Probe>[0][];
}

/** What the doctor says of one server, and what it gave to the probe. */
async function probed(
  entry: object,
  answer: () => Result,
  env: Readonly<Record<string, string>> = {},
): Promise<Probed> {
  await using patient = await newPatient();
  const config = patient.fileOf(".mcp.json");
  await writeFile(config, JSON.stringify({ mcpServers: { tg: { command: "tgmcp-read", ...entry } } }));
  const asked: Parameters<Probe>[0][] = [];
  const probe: Probe = (server) => {
    asked.push(server);
    return Promise.resolve().then(answer);
  };
  return { findings: await patient.examine(env, { config, probe, timeoutMs: 5000 }), asked };
}

describe("doctor({ config, probe })", () => {
  it("hands over each server with its variables put in", async () => {
    const { asked } = await probed({ args: ["${WHERE}"], env: { A: "${WHERE}" } }, () => ({ findings: [] }), {
      WHERE: "x",
    });
    expect(asked).toEqual([
      { name: "tg", program: "tgmcp-read", command: "tgmcp-read", args: ["x"], env: { A: "x" }, plane: "read" },
    ]);
  });

  it("tells what was found after the configuration, as the server's", async () => {
    const { findings } = await probed({}, () => ({ findings: [FAULT] }));
    const mine = findings.filter(({ server }) => server === "tg");
    expect(mine.findLastIndex(({ topic }) => topic === "sessions")).toBeGreaterThan(0);
    expect(mine.at(-1)).toEqual({ ...FAULT, server: "tg" });
  });

  it("takes a probe that fails for a finding", async () => {
    const { findings } = await probed({}, () => {
      throw new Error("it slipped");
    });
    expect(told(findings, "servers", "fault")).toEqual(["Unexpected: it slipped"]);
  });

  it("says nothing twice", async () => {
    const missing: Finding = { topic: "telegram", level: "fault", text: "The tool says: TG_API_HASH is not set." };
    const lastWords = ["error: TG_API_ID is not set.", "tg-guarded login", "", "something new"];
    const { findings } = await probed({}, () => ({ findings: [FAULT, FAULT, missing], lastWords }));
    expect(told(findings, "servers", "fault")).toEqual(["It is broken."]);
    expect(told(findings, "telegram", "fault")).toEqual([]);
    expect(told(findings, "servers", "note")).toContain("It wrote last: something new");
  });

  it("shortens what others wrote, after its secrets were taken out", async () => {
    const secret = "s3cret-".repeat(10);
    const text = `${"x".repeat(580)} ${secret} and more`;
    const line = `${"y".repeat(290)} ${secret}`;
    const env = { TG_SESSION_PASSPHRASE: secret };
    const { findings } = await probed({ env }, () => ({
      findings: [{ ...FAULT, text, mend: text }],
      lastWords: [line],
    }));
    expect(told(findings, "servers", "fault")).toEqual([
      expect.stringMatching(/^x+ \[redacted\] and m.* → x+ \[redacted\] and m/),
    ]);
    expect(told(findings, "servers", "note")).toContain(`It wrote last: ${"y".repeat(290)} [redacted…`);
    expect(JSON.stringify(findings)).not.toContain("s3cret");
  });

  it("starts no command that is no server, and none whose variables cannot be read", async () => {
    const command = await probed({ command: "tg-guarded", args: ["logout"] }, () => ({ findings: [FAULT] }));
    const unreadable = await probed({ args: ["--env-file", "/nowhere/x"] }, () => ({ findings: [FAULT] }));
    expect([...command.asked, ...unreadable.asked]).toEqual([]);
    expect(told(command.findings, "servers", "fault")).toEqual([
      expect.stringContaining("is a command, and no server"),
    ]);
  });

  it("starts none without a probe, and says so", async () => {
    await using patient = await newPatient();
    const config = patient.fileOf(".mcp.json");
    await writeFile(config, '{"mcpServers": {"tg": {"command": "tgmcp-read"}}}');
    const findings = await patient.examine({}, { config });
    expect(told(findings, "servers", "note")).toEqual([expect.stringContaining("tgmcp-read was not started")]);
  });
});
