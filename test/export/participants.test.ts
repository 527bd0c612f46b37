import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const CLUB = "@book_club";

it("An export of members that was stopped counts the bots it left out as found, as one that was not stopped does", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox({
    world: (world) => {
      const lina = world.user({ firstName: "Lina", username: "lina_reads", account: true });
      const bots = [1, 2, 3, 4].map((nth) => world.bot({ firstName: `Shelf ${nth}`, username: `shelf_${nth}_bot` }));
      const readers = Array.from({ length: 300 }, (_, nth) => world.user({ firstName: `Reader ${nth}` }));
      world.supergroup({
        title: "Book club",
        username: "book_club",
        creator: lina,
        members: [...bots.slice(2), ...readers, ...bots.slice(0, 2)],
      });
    },
  });
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });
  const whole = folder.file("whole.jsonl");
  const undisturbed = await client.export.participants(CLUB, { to: whole });
  expect(undisturbed).toMatchObject({ complete: true, missing: [], count: 301, reported: 305 });

  const to = folder.file("members.jsonl");
  const stop = new AbortController();
  const first = client.export.participants(CLUB, {
    to,
    signal: stop.signal,
    onProgress: () => {
      stop.abort();
    },
  });
  await expect(first).rejects.toThrow();
  const asked = sandbox.log.length;
  const resumed = await client.export.participants(CLUB, { to });
  expect(resumed).toMatchObject({ complete: true, missing: [], count: 301, reported: 305 });
  expect(sandbox.log.slice(asked).map(({ method }) => method)).toEqual(["channels.getParticipants"]);
  expect(await readFile(to, "utf8")).toBe(await readFile(whole, "utf8"));
});

it("A list of members in a format that it cannot have is refused with those that it can, before anything is asked", async () => {
  await using folder = await tempFolder();
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open(sandbox.clientOptions());
  const before = sandbox.log.length;
  const refused = async (name: string) => {
    const problem: unknown = await client.export
      .participants("@tidewater_lab", { to: folder.file(name) })
      .catch(String);
    return String(problem);
  };
  expect(await refused("members.md")).toMatch(/markdown is no format for this/);
  expect(await refused("members")).toMatch(/members has no extension that tells a format/);
  expect(sandbox.log.length).toBe(before);
});
