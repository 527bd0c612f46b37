import { expect, it } from "vitest";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { startWorker } from "../support/worker-process.js";

/** A process that watches until it is told to leave; what it printed and how it ended. */
async function watchIn(sandbox: Sandbox) {
  const options = { ...sandbox.clientOptions(), limits: { mode: "off" } };
  const worker = startWorker("watch-worker.mjs", [JSON.stringify(options)]);
  const lines: string[] = [];
  const say = (text: string): number => sandbox.world.post("@tidewater_lab", { from: "@kenta_nakamura", text });
  for await (const line of worker.lines) {
    lines.push(line);
    if (line === "ready") {
      // Nothing else keeps the process alive than the watch itself.
      sandbox.dropConnections();
      say("missed");
    }
    if (line === "missed") say("leave");
  }
  return { lines, ...(await worker.ended) };
}

it("a watch keeps its process alive, and a closed client lets it end", async () => {
  await using sandbox = await startSandbox();
  const { lines, code, complaint } = await watchIn(sandbox);
  expect(complaint).toBe("");
  expect(lines).toEqual(["ready", "missed", "leave"]);
  expect(code).toBe(0);
});
