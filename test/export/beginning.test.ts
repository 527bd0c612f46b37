import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { GuardedClient, type Guard, type Message } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const LAB = "@tidewater_lab";
const FREE = { mode: "off" } as const;

describe("Where an export begins", () => {
  it("is not where another account's has ended", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox({
      world: (world) => {
        const ada = world.user({ firstName: "Ada", username: "ada_at_sea", account: true });
        const bo = world.user({ firstName: "Bo", username: "bo_at_sea", account: true });
        const carl = world.user({ firstName: "Carl", username: "carl_the_cook" });
        world.privateChat(ada, carl).post("For Ada");
        const withBo = world.privateChat(bo, carl);
        for (const nth of [1, 2, 3, 4, 5]) withBo.post(`For Bo, ${nth}`);
        world.supergroup({ title: "Galley", username: "the_galley", creator: carl, members: [ada, bo] });
      },
    });
    await using ada = await GuardedClient.open({ ...sandbox.clientOptions("ada_at_sea"), limits: FREE });
    await using bo = await GuardedClient.open({ ...sandbox.clientOptions("bo_at_sea"), limits: FREE });
    const kinds = {
      messages: ({ export: exporter }: GuardedClient, to: string) => exporter.messages("@carl_the_cook", { to }),
      participants: ({ export: exporter }: GuardedClient, to: string) => exporter.participants("@the_galley", { to }),
      dialogs: ({ export: exporter }: GuardedClient, to: string) => exporter.dialogs({ to }),
    };
    for (const [kind, run] of Object.entries(kinds)) {
      const to = folder.file(`${kind}.jsonl`);
      await run(ada, to);
      const before = await readFile(to, "utf8");
      await expect(run(bo, to), kind).rejects.toMatchObject({
        code: "checkpoint_mismatch",
        details: { path: to, differs: "account" },
      });
      expect(await readFile(to, "utf8"), kind).toBe(before);
      await run(ada, to);
    }
  });

  it("is at the newest so many as long as nothing was found", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: FREE });
    const to = folder.file("lanterns.jsonl");
    const run = () => client.export.messages(LAB, { to, search: "lantern", limit: 2 });
    const post = (nth: number) => sandbox.world.post(LAB, { from: "@priya_raman", text: `lantern ${nth}` });
    const texts = async () => [...(await readFile(to, "utf8")).matchAll(/lantern \d/g)].map(([text]) => text);
    expect(await run()).toMatchObject({ complete: true, count: 0 });
    for (const nth of [1, 2, 3, 4, 5]) post(nth);
    expect(await run()).toMatchObject({ complete: true, count: 2, added: 2 });
    expect(await texts()).toEqual(["lantern 4", "lantern 5"]);
    post(6);
    expect(await run()).toMatchObject({ count: 3, added: 1 });
    expect(await texts()).toEqual(["lantern 4", "lantern 5", "lantern 6"]);
  });

  it("is told by no checkpoint of an earlier run when it begins anew", async () => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    let isAnew = false;
    let beside: readonly string[] | undefined;
    const look: Guard = async (call, next) => {
      if (isAnew && call.method === "messages.getHistory") beside ??= await readdir(folder.path);
      return next(call);
    };
    const guards = { perAttempt: [look] };
    await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: FREE, guards });
    const to = folder.file("lab.jsonl");
    const stop = new AbortController();
    const onProgress = ({ done }: { readonly done: number }): void => {
      if (done >= 200) stop.abort(new Error("enough"));
    };
    await expect(client.export.messages(LAB, { to, signal: stop.signal, onProgress })).rejects.toThrow("enough");
    expect((await readdir(folder.path)).sort()).toEqual(["lab.jsonl.checkpoint.json", "lab.jsonl.part"]);
    isAnew = true;
    await client.export.messages(LAB, { to, resume: false });
    // What a run that was killed now would leave.
    expect([...(beside ?? [])].sort()).toEqual(["lab.jsonl.lock", "lab.jsonl.part"]);
    const lines = (await readFile(to, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as Message).id)).toEqual(
      [...sandbox.world.chat(LAB).messages()].map(({ id }) => id),
    );
  });
});
