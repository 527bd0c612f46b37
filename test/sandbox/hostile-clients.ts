import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Sandbox, SandboxInfo } from "tg-guarded/testing";
import { packContainer } from "../../src/sandbox/mtproto/container.js";
import { GZIP_PACKED_ID } from "../../src/sandbox/mtproto/gzip.js";
import { encode, type TlObject } from "../../src/sandbox/tl/codec.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import { TlWriter } from "../../src/sandbox/tl/writer.js";
import { ObjectMaker } from "./generated-objects.js";
import { keyOf, RawClient, type TransportName } from "./raw-client.js";

const { definitions } = registry();
const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

/** Any constructor or request of the schema, as it is written; a message of MTProto itself among them. */
const anyObject = fc.tuple(fc.nat(definitions.length - 1), fc.nat()).map(([place, seed]): TlObject => {
  const definition = definitions[place];
  // What ends the login would end the test.
  if (!definition || /^(auth\.logOut|destroy_auth_key)$/.test(definition.name)) return { _: "help.getNearestDc" };
  return new ObjectMaker(definitions, seed).object(definition);
});

/** Bytes with some of them changed, or cut short. */
const damaged = (whole: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(3)).map(([buffer, hits, cut]) => {
    const copy = Buffer.from(buffer);
    for (const [place, value] of hits) if (copy.length > 0) copy[place % copy.length] = value;
    return cut === 0 ? copy.subarray(0, copy.length >> 1) : copy;
  });

function packed(content: Buffer, pack: (content: Buffer) => Buffer): Buffer {
  const writer = new TlWriter();
  writer.uint32(GZIP_PACKED_ID);
  writer.bytes(pack(content));
  return writer.finish();
}

const written = anyObject.map((object) => encode(object));
const methods = definitions.filter(({ isMethod, name }) => isMethod && name.includes("."));
const request = fc.tuple(fc.nat(methods.length - 1), fc.nat()).map(([place, seed]) => {
  const definition = methods[place];
  const isEnd = !definition || definition.name === "auth.logOut";
  return encode(isEnd ? { _: "help.getNearestDc" } : new ObjectMaker(definitions, seed).object(definition));
});
const body = fc.oneof(
  { weight: 12, arbitrary: request },
  { weight: 3, arbitrary: written },
  { weight: 3, arbitrary: damaged(request) },
  { weight: 1, arbitrary: bytes(200) },
  { weight: 1, arbitrary: written.map((content) => packed(content, gzipSync)) },
  { weight: 1, arbitrary: damaged(written.map((content) => packed(content, deflateSync))) },
);

/** One thing that a client does, well or badly. */
type Act =
  | { readonly kind: "message"; readonly body: Buffer; readonly seqno: number | undefined; readonly shift: number }
  | { readonly kind: "container"; readonly bodies: readonly Buffer[] }
  | { readonly kind: "replay" | "foreign session" | "wrong salt" }
  | { readonly kind: "plain"; readonly body: Buffer }
  | { readonly kind: "damaged packet"; readonly place: number; readonly value: number }
  | { readonly kind: "frame" | "stream"; readonly bytes: Buffer };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      kind: fc.constant("message" as const),
      body,
      seqno: fc.option(fc.nat(50), { nil: undefined, freq: 12 }),
      shift: fc.oneof(
        { weight: 20, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -500, max: 100 }) },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("container" as const), bodies: fc.array(body, { maxLength: 8 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("replay" as const, "foreign session" as const, "wrong salt" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("plain" as const), body }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("damaged packet" as const), place: fc.nat(), value: fc.nat(255) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("frame" as const, "stream" as const), bytes: bytes(400) }),
  },
);

const transports: readonly TransportName[] = ["full", "abridged", "intermediate", "padded"];

/** A client that misbehaves on one connection. */
const hostileClient = fc.record({
  transport: fc.constantFrom(...transports),
  hasKey: fc.nat(5).map((n) => n > 0),
  acts: fc.array(act, { minLength: 1, maxLength: 20 }),
});
type Hostile = typeof hostileClient extends fc.Arbitrary<infer T> ? T : never;

function unencrypted(content: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(content.length, 16);
  return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}

const aligned = (content: Buffer): Buffer => content.subarray(0, content.length - (content.length % 4));

function perform(client: RawClient, salt: bigint, one: Act, last: Buffer | undefined): Buffer | undefined {
  switch (one.kind) {
    case "message": {
      const id = client.newId() + (BigInt(one.shift) << 32n);
      return send(client, client.sealed(aligned(one.body), id, one.seqno));
    }
    case "container": {
      const messages = one.bodies.map((content) => ({ messageId: client.newId(), seqno: 1, body: aligned(content) }));
      return send(client, client.sealed(packContainer(messages)));
    }
    case "replay":
      return last && send(client, last);
    case "foreign session":
      client.sessionId += 1n;
      return send(client, client.sealed({ _: "help.getNearestDc" }));
    case "wrong salt":
      client.salt = salt + 1n;
      send(client, client.sealed({ _: "help.getNearestDc" }));
      client.salt = salt;
      return last;
    case "damaged packet": {
      const packet = client.sealed({ _: "help.getNearestDc" });
      packet[one.place % packet.length] = one.value;
      return send(client, packet);
    }
    case "plain":
      return send(client, unencrypted(one.body));
    case "frame":
      return send(client, aligned(one.bytes));
    case "stream":
      client.writeRaw(one.bytes);
      return last;
  }
}

function send(client: RawClient, payload: Buffer): Buffer {
  client.write(payload);
  return payload;
}

/** Lets it misbehave, and waits until the server has taken in what it sent, or has thrown it out. */
async function misbehave(info: SandboxInfo, { transport, hasKey, acts }: Hostile, salt: bigint): Promise<void> {
  const key = hasKey ? keyOf(info) : Buffer.alloc(256, 1);
  const client = await RawClient.open(info, { transport, key });
  client.salt = salt;
  let last: Buffer | undefined;
  for (const one of acts) last = perform(client, salt, one, last);
  await client.ended();
}

/**
 * So many hostile clients, one after the other, beside one that behaves and is served all the while.
 *
 * @returns how many frames they sent
 */
export async function besiege(sandbox: Sandbox, runs: number, seed?: number): Promise<number> {
  const { info } = sandbox;
  const good = await RawClient.loggedIn(info);
  let frames = 0;
  await fc.assert(
    fc.asyncProperty(hostileClient, async (hostile) => {
      frames += hostile.acts.length;
      await misbehave(info, hostile, good.salt);
      const { value } = await good.request({ _: "help.getNearestDc" });
      if ((value as TlObject | undefined)?._ !== "nearestDc") throw new Error("the client that behaves got no answer");
      if (sandbox.problems.length > 0) throw new Error(`a fault of the sandbox: ${String(sandbox.problems[0])}`);
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  good.close();
  return frames;
}
