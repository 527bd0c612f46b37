import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GuardedClient, isGuardError, memoryStore, type Request } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { registry } from "../../src/sandbox/tl/registry.js";
import { encode } from "../../src/sandbox/tl/codec.js";
import { METHOD_ROWS } from "../../src/telegram/method-table.js";
import { ObjectMaker } from "../sandbox/generated-objects.js";

const { definitions } = registry();
const WRAPPERS = METHOD_ROWS.filter(([, kind]) => kind === "wrapper").map(([method]) => method);
const maker = new ObjectMaker(definitions, 7);
const definitionOf = (name: string) => {
  const found = definitions.find((definition) => definition.isMethod && definition.name === name);
  if (found === undefined) throw new Error(`no ${name} in the schema`);
  return found;
};

/** A request that says of itself that it is harmless; only its bytes tell the truth. */
const disguised = (object: { readonly _: string }): Request<unknown> => ({
  className: "help.GetConfig",
  __response: undefined,
  getBytes: () => encode(object),
});
const inside = (wrapper: string, query: object) => ({ ...maker.object(definitionOf(wrapper)), query });

describe("raw requests", () => {
  let sandbox: Sandbox;
  let client: GuardedClient;
  beforeAll(async () => {
    sandbox = await startSandbox();
    const limits = { perSecond: 100_000, burst: 100_000 };
    client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore(), limits });
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
  });

  const refusal = async (request: Request<unknown>): Promise<string> => {
    try {
      await client.raw.invoke(request);
      return "sent";
    } catch (error) {
      return isGuardError(error) ? error.code : String(error);
    }
  };

  it("reach the server with no method that changes, endangers, logs in or leaves a trace, plain or in any wrapper", async () => {
    const expected = { write: "write_denied", danger: "write_denied", trace: "write_denied", login: "login_denied" };
    const isRefused = (kind: string): kind is keyof typeof expected => kind in expected;
    const before = sandbox.log.length;
    let refused = 0;
    for (const [method, kind] of METHOD_ROWS) {
      if (!isRefused(kind)) continue;
      const object = maker.object(definitionOf(method));
      const nested = inside("invokeWithLayer", inside("initConnection", inside("invokeWithTakeout", object)));
      for (const form of [object, nested, ...WRAPPERS.map((wrapper) => inside(wrapper, object))]) {
        expect(await refusal(disguised(form)), `${method} as ${form._}`).toBe(expected[kind]);
      }
      refused++;
    }
    // Telegram's schema has 361 methods that write or endanger the account; the classes here hold more than those.
    expect(refused).toBeGreaterThanOrEqual(361);
    expect(sandbox.log.length).toBe(before);
    expect(client.metrics.snapshot().requests).toBe(before);
  });

  it("reach it with nothing that the schema does not know, and with no message of MTProto itself", async () => {
    const before = sandbox.log.length;
    for (const [method] of METHOD_ROWS.filter(([, kind]) => kind === "service")) {
      expect(await refusal(disguised(maker.object(definitionOf(method)))), method).toBe("method_unknown");
    }
    // Nothing, half an id, an unknown id, gzip_packed, msg_container, a vector.
    for (const bytes of ["", "00", "deadbeef", "a1cf7230", "dcf8f173", "15c4b51c"]) {
      const request = { ...disguised({ _: "ping" }), getBytes: () => Buffer.from(bytes, "hex") };
      expect(await refusal(request), bytes).toBe("method_unknown");
    }
    expect(sandbox.log.length).toBe(before);
  });

  it("may leave a trace when the caller says that it is meant", async () => {
    const { api } = client.raw;
    const typing = new api.messages.SetTyping({
      peer: new api.InputPeerSelf(),
      action: new api.SendMessageTypingAction(),
    });
    await expect(client.raw.invoke(typing)).rejects.toMatchObject({ code: "write_denied" });
    await client.raw.invoke(typing, { leaveTrace: true });
    expect(sandbox.log.at(-1)).toMatchObject({ method: "messages.setTyping", outcome: "ok" });
  });
});
