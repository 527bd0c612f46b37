import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decode, decodeResult, encode, encodeResult } from "../../src/sandbox/tl/codec.js";
import { TlError } from "../../src/sandbox/tl/error.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import { ObjectMaker } from "./generated-objects.js";

const { definitions } = registry();
const maker = (seed: number): ObjectMaker => new ObjectMaker(definitions, seed);

const toJson = (_: string, value: unknown): unknown => {
  if (typeof value === "bigint") return { $long: value.toString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("hex") };
  if (typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value) {
    return { $bytes: Buffer.from(value.data as number[]).toString("hex") };
  }
  return value;
};

/** GramJS takes int128 and int256 as numbers, which it writes signed and from the lowest byte on. */
function withWideNumbers(object: { readonly _: string }): object {
  const fields = Object.entries(object).map(([name, value]: [string, unknown]) => {
    const params = registry().definitions.find((definition) => definition.name === object._)?.params;
    const isWide = /^int(128|256)$/.test(params?.find((param) => param.name === name)?.type ?? "");
    if (!isWide || !Buffer.isBuffer(value)) return [name, value] as const;
    const number = BigInt(`0x${Buffer.from(value).reverse().toString("hex")}`);
    return [name, BigInt.asIntN(value.length * 8, number)] as const;
  });
  return Object.fromEntries(fields);
}

describe("the TL codec", () => {
  it("reads back every constructor and method that it writes", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const make = maker(seed);
      for (const definition of definitions) {
        const object = make.object(definition);
        expect(decode(encode(object))).toEqual(object);
      }
    }
  });

  it("reads back every answer that it writes", () => {
    const make = maker(7);
    for (const { name, result, isMethod } of definitions) {
      if (!isMethod || result === "X") continue;
      const value = make.value(result, 1);
      expect(decodeResult(name, encodeResult(name, value))).toEqual(value);
    }
  });

  it("writes byte for byte what GramJS writes", () => {
    const make = maker(11);
    // GramJS numbers each salt in there, where the schema has them bare: the last test shows what is right.
    const comparable = definitions.filter(({ name }) => name !== "future_salts");
    const objects = comparable.map((definition) => make.object(definition));
    const child = spawnSync(process.execPath, [fileURLToPath(new URL("gramjs-encoder.mjs", import.meta.url))], {
      input: objects.map((object) => JSON.stringify(withWideNumbers(object), toJson)).join("\n"),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const lines = child.stdout.trim().split("\n");
    const outcomes = objects.map((object, i) => {
      const line = lines[i] ?? "no answer";
      return line.startsWith("error")
        ? line
        : line === encode(object).toString("hex")
          ? "equal"
          : `differs: ${object._}`;
    });
    expect(outcomes.filter((outcome) => outcome !== "equal")).toEqual([]);
  });

  it("refuses garbage quickly and by a TlError", () => {
    const make = maker(13);
    for (let round = 0; round < 4000; round++) {
      const definition = definitions[make.random(definitions.length)];
      if (definition === undefined) continue;
      const bytes = encode(make.object(definition));
      for (let hits = 0; hits < 3; hits++) bytes[4 + make.random(Math.max(1, bytes.length - 4))] = make.random(256);
      try {
        decode(bytes.subarray(0, bytes.length - make.random(3)));
      } catch (error) {
        expect(error).toBeInstanceOf(TlError);
      }
    }
  });

  it("does not believe a vector that claims more items than its message has bytes", () => {
    const ack = encode({ _: "msgs_ack", msg_ids: [1n] });
    ack.writeUInt32LE(0xffffffff, 8);
    expect(() => decode(ack)).toThrow("does not fit");
  });

  it("does not follow nesting without end", () => {
    const bold = encode({ _: "textBold", text: { _: "textEmpty" } }).subarray(0, 4);
    expect(() => decode(Buffer.concat(Array.from({ length: 100_000 }, () => bold)))).toThrow("nested too deeply");
  });

  it("names the field that is missing or of the wrong type", () => {
    const peer = (fields: object): Buffer => encode({ _: "inputPeerUser", ...fields });
    expect(() => peer({ user_id: 1n })).toThrow("inputPeerUser.access_hash is missing");
    expect(() => peer({ user_id: 1, access_hash: 1n })).toThrow("inputPeerUser.user_id: long expected, found a number");
    expect(() => encode({ _: "inputPeerNobody" })).toThrow("the schema has no inputPeerNobody");
    const history = { _: "messages.setTyping", peer: { _: "user" }, action: { _: "sendMessageTypingAction" } };
    expect(() => encode(history)).toThrow("messages.setTyping.peer: InputPeer expected, found user");
  });

  it("refuses a number that does not fit", () => {
    const nearest = (dc: unknown): Buffer => encode({ _: "nearestDc", country: "XX", this_dc: dc, nearest_dc: 1 });
    expect(() => nearest(Date.UTC(2020, 0))).toThrow("32-bit");
    expect(() => nearest(1.5)).toThrow("32-bit");
  });

  it("insists that fields on one flag bit are set together", () => {
    const message = { _: "message", id: 1, peer_id: { _: "peerUser", user_id: 1n }, date: 1, message: "" };
    expect(() => encode({ ...message, views: 5 })).toThrow(
      "message.forwards is missing: it shares a flag bit with views",
    );
    expect(encode({ ...message, views: 5, forwards: 0 }).length).toBeGreaterThan(0);
  });

  it("writes the bare vector of future_salts", () => {
    const salts = {
      _: "future_salts",
      req_msg_id: 1n,
      now: 2,
      salts: [{ _: "future_salt", valid_since: 3, valid_until: 4, salt: 5n }],
    };
    const bytes = encode(salts);
    expect(bytes.length).toBe(4 + 8 + 4 + 4 + 16);
    expect(decode(bytes)).toEqual(salts);
  });
});
