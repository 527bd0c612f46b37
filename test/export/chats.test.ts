import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { GuardedClient, type Dialog, type ExportProgress } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const GROUPS = 25;
const CHANNELS = 200;

/** One account among so many chats that they come in three pages, the groups here and there. */
const manyChats = (): Promise<Sandbox> =>
  startSandbox({
    world: (world) => {
      const ada = world.user({ firstName: "Ada", username: "ada_everywhere", account: true });
      for (let nth = 0; nth < CHANNELS; nth++) {
        world.channel({ title: `Channel ${nth}`, creator: ada }).post({ from: ada, text: "News" });
        if (nth % (CHANNELS / GROUPS) === 0)
          world.group({ title: `Group ${nth}`, creator: ada }).post({ from: ada, text: "Hello" });
      }
    },
  });

const open = (sandbox: Sandbox): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });

const idsIn = async (path: string): Promise<number[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as Dialog).id);

it.each(["dialogs", "groups"] as const)("An export of %s that was stopped counts each chat once", async (what) => {
  await using folder = await tempFolder();
  await using sandbox = await manyChats();
  await using client = await open(sandbox);
  const whole = folder.file("whole.jsonl");
  const undisturbed = await client.export[what]({ to: whole });
  const count = what === "groups" ? GROUPS : GROUPS + CHANNELS;
  expect(undisturbed).toMatchObject({ complete: true, count, added: count, reported: count });

  const to = folder.file("chats.jsonl");
  const stop = new AbortController();
  let first = 0;
  const onProgress = ({ done }: ExportProgress): void => {
    first = done;
    stop.abort(new Error("enough"));
  };
  await expect(client.export[what]({ to, signal: stop.signal, onProgress })).rejects.toThrow("enough");
  expect(first).toBeGreaterThan(0);
  expect(await client.export[what]({ to })).toMatchObject({
    complete: true,
    count,
    added: count - first,
    reported: count,
  });
  expect(await idsIn(to)).toEqual(await idsIn(whole));
  const manifest = JSON.parse(await readFile(`${to}.manifest.json`, "utf8")) as object;
  expect(manifest).toMatchObject({ count, added: count - first });
});

it("An export of groups comes to the end of its progress, whatever else the account has", async () => {
  await using folder = await tempFolder();
  await using sandbox = await manyChats();
  await using client = await open(sandbox);
  const seen: ExportProgress[] = [];
  await client.export.groups({ to: folder.file("groups.csv"), onProgress: (progress) => seen.push(progress) });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toEqual({ done: GROUPS, total: GROUPS, requestsLeft: 0 });
});
