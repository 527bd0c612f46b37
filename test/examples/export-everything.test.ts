import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { examplePrograms } from "../support/example-programs.js";
import { sandboxEnv } from "../support/sandbox-file.js";
import { tempFolder } from "../support/temp-folder.js";

const idsIn = async (path: string): Promise<number[]> =>
  (await readFile(path, "utf8"))
    .split("\n")
    .flatMap((line) => (line === "" ? [] : (JSON.parse(line) as { id: number }).id));

test("export-everything is stopped in the middle of a chat, goes on there, and leaves nothing out", async () => {
  await using programs = await examplePrograms("export-everything");
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  const to = folder.file("account");
  const env = { ...(await sandboxEnv(folder.file("sandbox.json"), sandbox.info)), RATE_RPS: "1000" };
  const histories = () => sandbox.log.filter(({ method }) => method === "messages.getHistory").length;

  const first = programs.start("export-everything", [to], env);
  const forget = sandbox.onRequest(({ method }) => {
    if (method === "messages.getHistory" && histories() === 4) first.process.kill("SIGINT");
  });
  const lines = await first.rest();
  forget();
  expect(await first.ended).toMatchObject({ code: 130 });
  expect(lines.at(-1)).toBe("Stopped. Start it again to go on.");
  expect((await readdir(to)).filter((name) => name.endsWith(".part"))).not.toEqual([]);

  const again = programs.start("export-everything", [to], env);
  const told = await again.rest();
  expect(await again.ended).toMatchObject({ code: 0 });
  const files = (await readdir(to)).filter((name) => /^-?\d+\.jsonl$/.test(name));
  expect(told.at(-1)).toBe(`${files.length} chats are in ${to}`);
  const list = await readFile(`${to}/chats.csv`, "utf8");
  for (const file of files) {
    const id = file.replace(".jsonl", "");
    expect(list).toMatch(new RegExp(`^${id},`, "m"));
    const ids = await idsIn(`${to}/${file}`);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect([file, ids.length]).toEqual([file, sandbox.world.chat(Number(id)).count]);
  }
  expect(told.join("\n")).toMatch(/Night Watch: 3 messages.*members cannot be had: Only administrators/);
  const lab = sandbox.world.chat("@tidewater_lab");
  expect(await readFile(`${to}/${lab.id}.members.csv`, "utf8")).toContain("kenta_nakamura");
});
