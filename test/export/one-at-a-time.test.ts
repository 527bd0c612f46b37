import { EventEmitter, once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { GuardedClient, type ClientOptions, type Guard, type Message } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { startCli } from "../support/cli.js";
import { tempFolder } from "../support/temp-folder.js";

const LAB = "@tidewater_lab";
const HISTORY = "messages.getHistory";

const open = (sandbox: Sandbox, options: Partial<ClientOptions> = {}): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" }, ...options });

/** Stops a client at a page. */
function barrier(nth: number) {
  const events = new EventEmitter();
  const [reached, opened] = [once(events, "reached"), once(events, "opened")];
  let asked = 0;
  const guard: Guard = async (call, next) => {
    if (call.method === HISTORY && ++asked === nth) {
      events.emit("reached");
      await opened;
    }
    return next(call);
  };
  return { guard, reached, open: () => events.emit("opened") };
}

const textsIn = async (path: string): Promise<string[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as Message).text);

const textsOf = (sandbox: Sandbox): string[] => [...sandbox.world.chat(LAB).messages()].map(({ text }) => text);

describe("A second run of an export", () => {
  it("is refused while another one of the same process writes it, and leaves it alone", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const { guard, reached, open: letThrough } = barrier(2);
    await using client = await open(sandbox, { guards: { perAttempt: [guard] } });
    await using other = await open(sandbox);
    const to = folder.file("lab.jsonl");
    const first = client.export.messages(LAB, { to });
    await reached;
    for (const options of [{ to }, { to, resume: false }, { to, limit: 3 }]) {
      await expect(other.export.messages(LAB, options)).rejects.toMatchObject({
        code: "export_busy",
        details: { path: to },
      });
    }
    letThrough();
    expect(await first).toMatchObject({ complete: true, count: 420, added: 420 });
    expect(await textsIn(to)).toEqual(textsOf(sandbox));
    expect((await readdir(folder.path)).sort()).toEqual(["lab.jsonl", "lab.jsonl.manifest.json"]);
    expect(await other.export.messages(LAB, { to })).toMatchObject({ count: 420, added: 0 });
  });

  it("in the allowed folders is told that it is another run's, and to move nothing away", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const { guard, reached, open: letThrough } = barrier(1);
    const files = { roots: [folder.path] };
    await using client = await open(sandbox, { files, guards: { perAttempt: [guard] } });
    await using other = await open(sandbox, { files });
    const options = { to: "lab.jsonl", withinRoots: true };
    const first = client.export.messages(LAB, options);
    await reached;
    await expect(other.export.messages(LAB, options)).rejects.toMatchObject({ code: "export_busy" });
    letThrough();
    expect(await first).toMatchObject({ complete: true, count: 420 });
  });

  it("is refused while another process writes it, and goes on with it once that was killed", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({ faults: [{ method: HISTORY, nth: 3, silence: true }] });
    const info = folder.file("info.json");
    await writeFile(info, JSON.stringify(sandbox.info));
    const to = folder.file("lab.jsonl");
    const events = new EventEmitter();
    const stuck = once(events, "stuck");
    sandbox.onRequest(({ method, outcome }) => {
      if (method === HISTORY && outcome === "dropped") events.emit("stuck");
    });
    const env = { TG_SANDBOX: info, HOME: folder.path, RATE_RPS: "1000" };
    const child = startCli(["export", "messages", LAB, "--out", to, "--quiet"], env);
    child.stdout.resume();
    child.stderr.resume();
    await stuck;
    await using client = await open(sandbox);
    await expect(client.export.messages(LAB, { to })).rejects.toMatchObject({ code: "export_busy" });
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await client.export.messages(LAB, { to })).toMatchObject({ complete: true, count: 420 });
    expect(await textsIn(to)).toEqual(textsOf(sandbox));
    const left = (await readdir(folder.path)).filter((name) => name.startsWith("lab."));
    expect(left.sort()).toEqual(["lab.jsonl", "lab.jsonl.manifest.json"]);
  });
});

it("An export takes a lock that a killed run has left, and leaves alone what is none", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  await using client = await open(sandbox, { files: { roots: [folder.path] } });
  const [free, taken] = [folder.file("free.jsonl"), folder.file("taken.jsonl")];
  await writeFile(`${free}.lock`, "");
  await writeFile(`${taken}.lock`, "precious");
  const withinRoots = true;
  expect(await client.export.messages(LAB, { to: free, limit: 3, withinRoots })).toMatchObject({ count: 3 });
  await expect(client.export.messages(LAB, { to: taken, limit: 3, withinRoots })).rejects.toMatchObject({
    code: "file_exists",
  });
  expect(await readFile(`${taken}.lock`, "utf8")).toBe("precious");
  expect((await readdir(folder.path)).sort()).toEqual(["free.jsonl", "free.jsonl.manifest.json", "taken.jsonl.lock"]);
});
