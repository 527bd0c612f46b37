import { gunzipSync } from "node:zlib";
import { Api } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { GZIP_PACKED_ID } from "../../src/sandbox/mtproto/gzip.js";
import { decodeResult } from "../../src/sandbox/tl/codec.js";
import { TlReader } from "../../src/sandbox/tl/reader.js";
import { gramJsClient } from "./gramjs-client.js";
import { made } from "./login-desk.js";
import { RawClient } from "./raw-client.js";

describe("answers that the sandbox packs", () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: { generated: { messages: 300, participants: 20 } } });
  });

  afterEach(async () => {
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  it("hold what they would hold anyhow; errors are told openly", async () => {
    const client = await RawClient.loggedIn(sandbox.info);
    const dialogs = { offset_date: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 50, hash: 0n };
    const asked = made("messages.getDialogs", dialogs);
    const open = (await client.request(asked))["bytes"] as Buffer;
    sandbox.faults.set([{ method: "*", gzip: true }]);
    const packed = (await client.request(asked))["bytes"] as Buffer;
    const reader = new TlReader(packed);
    expect(reader.uint32()).toBe(GZIP_PACKED_ID);
    expect(gunzipSync(reader.bytes())).toEqual(open);
    expect(reader.remaining).toBe(0);
    expect(packed.length).toBeLessThan(open.length);
    expect(decodeResult("messages.getDialogs", open)).toMatchObject({ _: "messages.dialogs" });
    const missing = made("contacts.resolveUsername", { username: "nobody_is_called_this" });
    expect((await client.request(missing))["error"]).toBe("USERNAME_NOT_OCCUPIED");
    client.close();
  });

  it("are read by GramJS", async () => {
    sandbox.faults.set([{ method: "*", gzip: true }]);
    const client = gramJsClient(sandbox.info, sandbox.info.accounts[0]?.session);
    await client.connect();
    const ids: number[] = [];
    for await (const { id } of client.iterMessages("generated")) ids.push(id);
    expect(ids).toHaveLength(sandbox.world.chat("@generated").count);
    const asked = new Api.contacts.ResolveUsername({ username: "nobody_is_called_this" });
    await expect(client.invoke(asked)).rejects.toThrow("USERNAME_NOT_OCCUPIED");
    expect(sandbox.faults.unfired()).toEqual([]);
    await client.destroy();
  });
});
