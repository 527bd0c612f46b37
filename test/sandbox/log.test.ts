import { openSync, closeSync } from "node:fs";
import { expect, it } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

it("A sandbox that is closed twice closes its log once", async () => {
  await using folder = await tempFolder();
  const sandbox = await startSandbox({ logFile: folder.file("log.jsonl") });
  await sandbox.close();
  // The system gives the number of the closed file to the next one.
  const other = openSync(folder.file("other"), "w");
  await sandbox.close();
  expect(() => {
    closeSync(other);
  }).not.toThrow();
});
