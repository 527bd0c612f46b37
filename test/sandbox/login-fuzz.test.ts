import { expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import { loginHandlers } from "../../src/sandbox/rpc/login/index.js";
import { registry } from "../../src/sandbox/tl/registry.js";
import { ObjectMaker } from "./generated-objects.js";
import { codeHash, MIRA, outcome, stranger, TOMAS } from "./login-desk.js";
import type { RawClient } from "./raw-client.js";

it("whatever is asked of a login, the answer is Telegram's, and never a fault of the sandbox", async () => {
  await using sandbox = await startSandbox({ dcs: 2 });
  const { info } = sandbox;
  const { definitions } = registry();
  const methods = definitions.filter(({ name, isMethod }) => isMethod && Object.hasOwn(loginHandlers, name));
  expect(methods).toHaveLength(Object.keys(loginHandlers).length);
  const client = await stranger(info);
  const seen = new Set<unknown>();
  for (let seed = 1; seed <= 25; seed++) {
    const make = new ObjectMaker(definitions, seed);
    const phone = seed % 2 === 0 ? MIRA : TOMAS;
    for (const definition of methods) {
      const request = make.object(definition);
      const fields = "phone_number" in request ? { ...request, phone_number: phone } : request;
      seen.add(await outcome(client, definition.name, fields));
    }
    if (seed > 9) continue;
    const fields = { phone_number: MIRA, phone_code_hash: await codeHash(client, info, MIRA), phone_code: "22222" };
    seen.add(await outcome(client, "auth.signIn", fields));
  }
  expect([...seen]).toEqual(expect.arrayContaining(["ok", "AUTH_TOKEN_INVALID", "PHONE_CODE_EXPIRED"]));
  expect([...seen]).not.toContain("INTERNAL");
  expect(sandbox.problems).toEqual([]);
  client.close();
});

it("clients that log in at the same time do not get in each other's way", async () => {
  await using sandbox = await startSandbox();
  const { info } = sandbox;
  const clients = [await stranger(info, 0), await stranger(info, 1)];
  const hashes = await Promise.all(clients.map((client) => codeHash(client, info, MIRA)));
  expect(new Set(hashes).size).toBe(2);
  const enter = (client: RawClient, phone_code_hash?: string) =>
    outcome(client, "auth.signIn", { phone_number: MIRA, phone_code_hash, phone_code: "22222" });
  const [one, other] = clients;
  if (!one || !other) throw new Error("two clients are needed");
  expect(await Promise.all([enter(one, hashes[0]), enter(other, hashes[1])])).toEqual(["ok", "ok"]);
  expect(await enter(one, hashes[0])).toBe("PHONE_CODE_EXPIRED");
  expect(sandbox.world.devices("mira_halvorsen")).toHaveLength(2);
  for (const client of clients) client.close();
});
