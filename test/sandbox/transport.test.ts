import { createCipheriv, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { Framing } from "../../src/sandbox/mtproto/framing.js";
import { igeDecrypt, igeEncrypt } from "../../src/sandbox/mtproto/aes-ige.js";
import { xor } from "../../src/sandbox/mtproto/hashes.js";
import { IntermediateTransport } from "../../src/sandbox/mtproto/transport-intermediate.js";
import { RawClient, type TransportName } from "./raw-client.js";

const asks = { _: "req_pq_multi", nonce: Buffer.alloc(16, 7) };

describe("the transports", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ world: { generated: { messages: 10, participants: 3 } } });
  });
  afterAll(() => sandbox.close());

  const transports: readonly TransportName[] = ["full", "abridged", "intermediate", "padded"];
  for (const transport of transports) {
    for (const obfuscated of transport === "full" ? [false] : [false, true]) {
      it(`tells ${obfuscated ? "obfuscated " : ""}${transport} by its first bytes`, async () => {
        const client = await RawClient.open(sandbox.info, { transport, obfuscated });
        expect(await client.plain(asks)).toMatchObject({ _: "resPQ" });
        expect(await client.plain(asks)).toMatchObject({ _: "resPQ" });
        client.close();
      });
    }
  }

  it("puts frames together from single bytes", () => {
    const framing = new Framing();
    const frame = Buffer.from("eeeeeeee080000000102030405060708", "hex");
    const payloads = [...frame].flatMap((byte) => [...framing.read(Buffer.of(byte))]);
    expect(payloads.map(({ payload }) => payload.toString("hex"))).toEqual(["0102030405060708"]);
  });

  it("pads frames so little that whoever rounds down to words gets the payload", () => {
    const transport = new IntermediateTransport(true);
    const payload = Buffer.alloc(40, 1);
    const frames = Array.from({ length: 200 }, () => transport.write(payload));
    for (const frame of frames) {
      expect(frame.readUInt32LE()).toBe(frame.length - 4);
      expect(frame.subarray(4, frame.length - (frame.length % 4))).toEqual(payload);
    }
    expect(new Set(frames.map(({ length }) => length)).size).toBe(4);
  });

  it("closes the connection on a frame longer than 16 MiB", async () => {
    const client = await RawClient.open(sandbox.info);
    client.writeRaw(Buffer.from("ffffff7f", "hex"));
    await client.closed();
  });

  it("closes the connection on a wrong checksum", async () => {
    const client = await RawClient.open(sandbox.info, { transport: "full" });
    client.writeRaw(Buffer.from("1000000000000000aabbccdd00000000", "hex"));
    await client.closed();
  });

  it("answers -404 to a key that it does not know, and closes", async () => {
    const client = await RawClient.open(sandbox.info, { key: Buffer.alloc(256, 9) });
    client.send({ _: "help.getConfig" });
    expect((await client.payload()).readInt32LE()).toBe(-404);
    await client.closed();
  });
});

/** IGE by its definition, one block after the other: core.telegram.org/mtproto/description */
function igeByDefinition(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  const blocks: Buffer[] = [];
  let [lastOutput, lastInput] = [iv.subarray(0, 16), iv.subarray(16)];
  for (let i = 0; i < plain.length; i += 16) {
    const input = plain.subarray(i, i + 16);
    lastOutput = xor(cipher.update(xor(input, lastOutput)), lastInput);
    lastInput = input;
    blocks.push(lastOutput);
  }
  return Buffer.concat(blocks);
}

describe("AES-IGE", () => {
  it("does what its definition says, both ways", () => {
    for (const blocks of [1, 2, 3, 4, 100]) {
      const [key, iv, plain] = [randomBytes(32), randomBytes(32), randomBytes(16 * blocks)];
      const encrypted = igeEncrypt(plain, key, iv);
      expect(encrypted.equals(igeByDefinition(plain, key, iv))).toBe(true);
      expect(igeDecrypt(encrypted, key, iv).equals(plain)).toBe(true);
    }
  });
});
