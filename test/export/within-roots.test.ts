import { readdir } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

it("Exports of every kind keep to the allowed folders when they are asked to", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  const root = folder.file("root");
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    files: { roots: [root] },
  });
  const { export: exporter } = client;
  const kinds = [
    (to: string) => exporter.messages("@tide_talk", { to, withinRoots: true }),
    (to: string) => exporter.participants("@tidewater_lab", { to, withinRoots: true }),
    (to: string) => exporter.dialogs({ to, withinRoots: true }),
    (to: string) => exporter.groups({ to, withinRoots: true }),
  ];
  for (const [index, run] of kinds.entries()) {
    await expect(run(folder.file("x.jsonl"))).rejects.toMatchObject({ code: "path_not_allowed" });
    expect(await run(`${index}.jsonl`)).toMatchObject({ complete: true, missing: [] });
  }
  expect(await readdir(folder.path)).toEqual(["root"]);
  expect((await readdir(root)).filter((name) => /^\d\.jsonl$/.test(name))).toHaveLength(4);
});

it("A stream lies in no folder", async () => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });
  const to = new PassThrough();
  await expect(client.export.messages("@tide_talk", { to, withinRoots: true })).rejects.toMatchObject({
    code: "input_invalid",
  });
});
