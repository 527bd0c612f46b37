import { expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import { decodeResult } from "../../src/sandbox/tl/codec.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import { ObjectMaker } from "./generated-objects.js";
import { besiege } from "./hostile-clients.js";
import { RawClient } from "./raw-client.js";

it("whatever clients send, nothing breaks, hangs or stays", async () => {
  await using sandbox = await startSandbox();
  const frames = await besiege(sandbox, 250);
  expect(frames).toBeGreaterThan(1000);
  expect(sandbox.problems).toEqual([]);
  await expect.poll(() => sandbox.connections).toBe(0);
});

it("every method of the schema is answered by its type or by an error", async () => {
  await using sandbox = await startSandbox();
  const client = await RawClient.loggedIn(sandbox.info);
  const { definitions } = registry();
  const methods = definitions.filter(
    ({ name, isMethod }) => isMethod && /^[a-z]+\.|^invoke/.test(name) && name !== "auth.logOut",
  );
  const make = new ObjectMaker(definitions, 5);
  const wrong: string[] = [];
  for (const definition of methods) {
    const answer = await client.request(make.object(definition));
    if (answer["error"] !== undefined) continue;
    // What a wrapper carries is help.getConfig.
    const method = definition.result === "X" ? "help.getConfig" : definition.name;
    try {
      decodeResult(method, answer["bytes"] as Buffer);
    } catch (error) {
      wrong.push(`${definition.name}: ${String(error)}`);
    }
  }
  client.close();
  expect(methods.length).toBeGreaterThan(680);
  expect(wrong).toEqual([]);
  expect(sandbox.problems).toEqual([]);
});
