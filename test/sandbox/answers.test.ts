import { describe, expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import { handlers } from "../../src/sandbox/rpc/handlers/index.js";
import { loginHandlers } from "../../src/sandbox/rpc/login/index.js";
import { decodeResult } from "../../src/sandbox/tl/codec.js";
import type { Definition } from "../../src/sandbox/tl/definitions.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import * as bots from "./answers/bots.js";
import { byTheWay } from "./answers/by-the-way.js";
import { forum } from "./answers/forum.js";
import * as login from "./answers/login.js";
import * as managing from "./answers/managing.js";
import * as people from "./answers/people.js";
import * as reading from "./answers/reading.js";
import { openStage, type Scene } from "./answers/stage.js";
import * as writing from "./answers/writing.js";
import { foundChats, knownTo, PlausibleMaker } from "./plausible-objects.js";
import { RawClient } from "./raw-client.js";

const { definitions } = registry();
const served = new Set([...Object.keys(handlers), ...Object.keys(loginHandlers)]);
const methods = definitions.filter(({ name, isMethod }) => isMethod && served.has(name));
const scenes: Readonly<Record<string, Scene>> = {
  ...{ byTheWay, forum, ...bots, ...login, ...managing, ...people, ...reading, ...writing },
};

describe("what is served is answered by its type", () => {
  const answered = new Set<string>();

  for (const [name, scene] of Object.entries(scenes)) {
    it(`in the scene ${name}`, async () => {
      await using stage = await openStage((method) => answered.add(method));
      await scene(stage);
      expect(stage.sandbox.problems).toEqual([]);
      expect([...stage.sandbox.unserved]).toEqual([]);
    });
  }

  it("and every method is answered in some scene", () => {
    expect(methods.map(({ name }) => name).filter((name) => !answered.has(name))).toEqual([]);
    expect(methods).toHaveLength(served.size);
  });
});

/** What ends the login or the export that the rest is asked on: asked last. */
const ENDING = /logOut|resetAuthorizations?$|TakeoutSession$/;
const ROUNDS = 6;

describe("every method that is served", () => {
  it("answers by its type or by an error, whatever it is asked, and never by a fault of the sandbox", async () => {
    await using sandbox = await startSandbox();
    const client = await RawClient.loggedIn(sandbox.info);
    await foundChats(client);
    const known = await knownTo(client);
    const begun = await client.request({ _: "account.initTakeoutSession" });
    const { id: takeout_id } = begun["value"] as { id: bigint };
    const ask = async (definition: Definition, seed: number): Promise<void> => {
      const query = new PlausibleMaker(definitions, seed, known).object(definition);
      const wrapped = { _: "invokeWithTakeout", takeout_id, query };
      const answer = await client.request(seed % 2 === 0 ? wrapped : query);
      if (typeof answer["error"] !== "string") decodeResult(definition.name, answer["bytes"] as Buffer);
    };
    const [quiet, ending] = [false, true].map((ends) => methods.filter(({ name }) => ENDING.test(name) === ends));
    for (let seed = 1; seed <= ROUNDS; seed++) for (const definition of quiet ?? []) await ask(definition, seed);
    for (const definition of ending ?? []) await ask(definition, 1);
    client.close();
    expect(sandbox.problems).toEqual([]);
  });
});
