import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import { handlers } from "../../src/sandbox/rpc/handlers/index.js";
import { loginHandlers } from "../../src/sandbox/rpc/login/index.js";
import { decodeResult } from "../../src/sandbox/tl/codec.js";
import type { Definition } from "../../src/sandbox/tl/definitions.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import { foundChats, knownTo, PlausibleMaker } from "./plausible-objects.js";
import { RawClient } from "./raw-client.js";

const TRIES = 20;
/** What ends the login or the export that the rest is asked on: asked last. */
const ENDING = /logOut|resetAuthorizations?$|TakeoutSession$/;
const { definitions } = registry();
const served = new Set([...Object.keys(handlers), ...Object.keys(loginHandlers)]);
const methods = definitions.filter(({ name, isMethod }) => isMethod && served.has(name));

/** Its answer fits the type that the schema gives it, or is an error. */
function outcomeOf(name: string, answer: Readonly<Record<string, unknown>>): string {
  if (typeof answer["error"] === "string") return answer["error"];
  decodeResult(name, answer["bytes"] as Buffer);
  return "ok";
}

/** The text of all other tests of the sandbox: what does not succeed by chance has one of its own. */
function ownTests(): string {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"))
    .join("\n");
}

describe("every method that is served", () => {
  it("answers by its type, and whatever it is asked, never by a fault of the sandbox", async () => {
    expect(methods).toHaveLength(served.size);
    const outcomes = new Map<string, Set<string>>();
    for (const definition of methods) outcomes.set(definition.name, new Set());
    for (let round = 0; round < 2; round++) {
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
        outcomes.get(definition.name)?.add(outcomeOf(definition.name, answer));
      };
      const quiet = methods.filter(({ name }) => !ENDING.test(name));
      for (const definition of quiet) {
        for (let seed = 1; seed <= TRIES && !outcomes.get(definition.name)?.has("ok"); seed++) {
          await ask(definition, round * 1000 + seed);
        }
      }
      for (const definition of methods) await ask(definition, round);
      client.close();
      expect(sandbox.problems).toEqual([]);
    }
    const told = ownTests();
    const neverDone = [...outcomes].filter(([name, seen]) => !seen.has("ok") && !told.includes(name));
    expect(neverDone).toEqual([]);
  });
});
