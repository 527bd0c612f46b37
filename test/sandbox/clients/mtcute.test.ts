import { randomBytes } from "node:crypto";
import { IntermediatePacketCodec } from "@mtcute/core";
import type { TelegramClient } from "@mtcute/core/client.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { mtcuteClient, type MtcuteManner } from "./mtcute-client.js";
import { CODECS } from "./mtcute-transport.js";

const MESSAGES = 10_000;
const MEMBERS = 1000;

describe("mtcute, at the sandbox's layer", () => {
  let sandbox: Sandbox;
  let client: TelegramClient | undefined;
  const problems: string[] = [];

  beforeEach(async () => {
    problems.length = 0;
    sandbox = await startSandbox({ world: { generated: { messages: MESSAGES, participants: MEMBERS } } });
  });

  afterEach(async () => {
    const found = [...problems];
    await client?.destroy();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
    expect([...sandbox.unserved]).toEqual([]);
    expect(found).toEqual([]);
  });

  async function logIn(manner: Omit<MtcuteManner, "onProblem">): Promise<TelegramClient> {
    sandbox.world.changeLogin(sandbox.world.accounts[0]?.id ?? 0, { password: "lighthouse" });
    client = mtcuteClient(sandbox.info, { ...manner, onProblem: (text) => problems.push(text) });
    const [account] = sandbox.info.accounts;
    const me = await client.start({
      phone: account?.phone ?? "",
      code: () => Promise.resolve(account?.code ?? ""),
      password: () => Promise.resolve("lighthouse"),
      codeSentCallback: () => undefined,
    });
    expect(me.id).toBe(account?.id);
    return client;
  }

  for (const [name, codec] of Object.entries(CODECS)) {
    it(`logs in by code and password, reads, sends and moves files over the ${name} transport`, async () => {
      const mtcute = await logIn({ codec });
      const dialogs = new Set<string>();
      for await (const { peer } of mtcute.iterDialogs()) dialogs.add(peer.displayName);
      expect([...dialogs]).toContain(sandbox.world.chat("@generated").title);
      const ids = new Set<number>();
      for await (const { id } of mtcute.iterHistory("generated", { chunkSize: 100 })) ids.add(id);
      expect(ids.size).toBe(sandbox.world.chat("@generated").count);
      const members = new Set<number>();
      for await (const { user } of mtcute.iterChatMembers("generated")) members.add(user.id);
      expect(members.size).toBe(MEMBERS);
      const chat = sandbox.world.chat("@generated");
      const said = await mtcute.sendText("generated", "from another client");
      expect(chat.byId(said.id)).toMatchObject({ text: "from another client", fromId: sandbox.info.accounts[0]?.id });
      expect((await mtcute.sendText("self", "a note to self")).chat.id).toBe(sandbox.info.accounts[0]?.id);
      const writer = chat.byId(2)?.fromId ?? 0;
      const letter = await mtcute.sendText(writer, "a letter");
      expect(sandbox.world.chat(writer).byId(letter.id)?.text).toBe("a letter");
      const bytes = new Uint8Array(randomBytes(700_000));
      const sent = await mtcute.sendMedia("generated", { type: "document", file: bytes, fileName: "noise.bin" });
      if (sent.media?.type !== "document") throw new Error("no document came back");
      expect(Buffer.from(await mtcute.downloadAsBuffer(sent.media)).equals(bytes)).toBe(true);
    });
  }

  it("works on temporary keys that it binds to its permanent one", async () => {
    const mtcute = await logIn({ codec: () => new IntermediatePacketCodec(), usePfs: true });
    for await (const { id } of mtcute.iterHistory("generated", { limit: 300 })) expect(id).toBeGreaterThan(0);
    const photo = await mtcute.sendMedia("generated", {
      type: "document",
      file: new Uint8Array(randomBytes(70_000)),
      fileName: "small.bin",
    });
    if (photo.media?.type !== "document") throw new Error("no document came back");
    expect((await mtcute.downloadAsBuffer(photo.media)).length).toBe(70_000);
    expect(sandbox.log.map(({ method, outcome }) => `${method} ${outcome}`)).toContain("auth.bindTempAuthKey ok");
  });

  it("reads answers that are packed", async () => {
    sandbox.faults.set([{ method: "*", gzip: true }]);
    const mtcute = await logIn({ codec: () => new IntermediatePacketCodec() });
    const ids = new Set<number>();
    for await (const { id } of mtcute.iterHistory("generated", { limit: 500 })) ids.add(id);
    expect(ids.size).toBe(500);
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("hears what others write", async () => {
    const mtcute = await logIn({ codec: () => new IntermediatePacketCodec() });
    const heard = new Promise<string>((resolve) => {
      mtcute.onUpdate.add((update) => {
        if (update.name === "new_message") resolve(update.data.text);
      });
    });
    await mtcute.startUpdatesLoop();
    const from = sandbox.world.chat("@generated").byId(1)?.fromId ?? 0;
    sandbox.world.post("@generated", { from, text: "can you hear me?" });
    expect(await heard).toBe("can you hear me?");
  });
});
