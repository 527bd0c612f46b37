import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "tg-guarded/testing";
import { describe, expect, test } from "vitest";

// A test file of its own: what it tests is listed here.
import "../../../examples/testing-an-exporter.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const example = (name: string): string => join(root, "examples/sandbox-from-the-shell", name);

async function outputOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return text;
}

describe("the sandbox from the shell", () => {
  test("serves a GramJS program on a world file with faults, and logs what it asked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tg-guarded-shell-"));
    const [info, log] = [join(folder, "sandbox.json"), join(folder, "requests.jsonl")];
    const flags = ["--world", example("world.json"), "--faults", example("faults.json"), "--info", info, "--log", log];
    const server = spawn(process.execPath, [join(root, "dist/cli.js"), "sandbox", ...flags]);
    const ended = outputOf(server);
    await once(server.stdout, "data");
    expect(existsSync(info)).toBe(true);
    const client = await outputOf(spawn(process.execPath, [example("client.mjs"), info]));
    expect(client.trim().split("\n")).toEqual([
      "What will it be? [Tea]",
      "Coming",
      "Telegram asks to wait 3 seconds",
      "Lina is served",
    ]);
    server.kill("SIGTERM");
    expect(await ended).not.toMatch(/not served|never fired|fault of the sandbox/);
    const outcomes = readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { outcome: string });
    expect(outcomes.filter(({ outcome }) => outcome !== "ok")).toMatchObject([{ outcome: "FLOOD_WAIT_3" }]);
  });

  test("listens on the loopback interface alone, and there is no flag that says otherwise", async () => {
    await using sandbox = await startSandbox();
    expect(sandbox.info.host).toBe("127.0.0.1");
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address, internal, family } of others) {
      if (internal || family !== "IPv4") continue;
      const socket = connect(sandbox.info.port, address);
      const [outcome] = await Promise.race([
        once(socket, "connect").then(() => ["connected"]),
        new Promise<[string]>((resolve) => {
          socket.once("error", () => {
            resolve(["refused"]);
          });
        }),
      ]);
      socket.destroy();
      expect(outcome).toBe("refused");
    }
    const refused = await outputOf(
      spawn(process.execPath, [join(root, "dist/cli.js"), "sandbox", "--host", "0.0.0.0"]),
    );
    expect(refused).toMatch(/unknown option '--host'/);
  });
});
