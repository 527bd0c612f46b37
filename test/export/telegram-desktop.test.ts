import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { GuardedClient } from "tg-guarded";
import { startSandbox, type WorldSource } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const FIXTURE = fileURLToPath(new URL("../support/export/result.json", import.meta.url));

/** Exports a chat of a world as Telegram Desktop would. */
async function exportFrom(world: WorldSource, chat: string | number | undefined, to: string): Promise<string> {
  await using sandbox = await startSandbox({ world });
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });
  const [first] = sandbox.info.chats;
  await client.export.messages(chat ?? first?.id ?? 0, { to, format: "telegram-desktop" });
  return await readFile(to, "utf8");
}

async function dialogsOfDemo(): Promise<number[]> {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" } });
  return (await client.read.dialogs().toArray({ limit: 100 })).map(({ id }) => id);
}

interface Desktop {
  readonly messages: readonly Record<string, unknown>[];
}

describe("A result.json that was exported", () => {
  it("loaded as a world and exported again gives the same bytes", async () => {
    await using folder = await tempFolder();
    const chats = await dialogsOfDemo();
    expect(chats.length).toBeGreaterThan(15);
    for (const chat of chats) {
      const first = await exportFrom("demo", chat, folder.file(`${chat}-1.json`));
      const again = await exportFrom({ file: folder.file(`${chat}-1.json`) }, undefined, folder.file(`${chat}-2.json`));
      expect(again, String(chat)).toBe(first);
    }
  });

  it("has every field of the file that the world was made of", async () => {
    await using folder = await tempFolder();
    const truth = JSON.parse(await readFile(FIXTURE, "utf8")) as Desktop;
    const written = JSON.parse(await exportFrom({ file: FIXTURE }, undefined, folder.file("out.json"))) as Desktop;
    expect(written.messages.length).toBe(truth.messages.length);
    for (const [place, { photo, ...message }] of truth.messages.entries()) {
      expect(written.messages[place]).toMatchObject(message);
      expect("photo" in (written.messages[place] ?? {})).toBe(photo !== undefined);
    }
  });
});
