import { describe, expect, it } from "vitest";
import { GuardedClient, GuardError, memoryStore, type ClientOptions, type StateStore } from "tg-guarded";
import { manualClock, startSandbox, type Sandbox } from "tg-guarded/testing";

const LAB = -1_001_650_200_001;

/** Does something with a client of its own, and tells which methods it called. */
async function during(
  sandbox: Sandbox,
  options: Pick<ClientOptions, "store" | "clock">,
  work: (client: GuardedClient) => Promise<unknown>,
): Promise<string[]> {
  const before = sandbox.log.length;
  const client = await GuardedClient.open({ ...sandbox.clientOptions(), limits: { mode: "off" }, ...options });
  try {
    await work(client);
  } finally {
    await client.close();
  }
  return sandbox.log.slice(before).map(({ method }) => method);
}

const firstId =
  (chat: string | number) =>
  async (client: GuardedClient): Promise<void> => {
    await client.read.messages(chat, { limit: 1 }).toArray();
  };

describe("What was resolved once", () => {
  it.each([
    "@tidewater_lab",
    "tidewater_lab",
    "https://t.me/tidewater_lab",
    "Tidewater Lab",
    "tidewater LAB",
    LAB,
    "me",
  ])("needs no request after a restart: %s", async (chat) => {
    await using sandbox = await startSandbox();
    const store = memoryStore();
    await during(sandbox, { store }, firstId(chat));
    expect(await during(sandbox, { store }, firstId(chat))).toEqual(["messages.getHistory"]);
  });

  it("costs at the most three requests beside the history at the first time", async () => {
    await using sandbox = await startSandbox();
    for (const chat of ["@tidewater_lab", "tidewater_lab", "Tidewater Lab", LAB, "me"]) {
      const methods = await during(sandbox, { store: memoryStore() }, firstId(chat));
      expect(methods.filter((method) => method !== "messages.getHistory").length).toBeLessThanOrEqual(3);
    }
  });

  it("is the account's alone: another account of the same store asks for itself", async () => {
    await using sandbox = await startSandbox();
    const store = memoryStore();
    await during(sandbox, { store }, firstId("@tidewater_lab"));
    const [, other] = sandbox.info.accounts;
    const client = await GuardedClient.open({ ...sandbox.clientOptions(other?.id), store, limits: { mode: "off" } });
    const before = sandbox.log.length;
    await client.read.messages("@tidewater_lab", { limit: 1 }).toArray();
    await client.close();
    expect(sandbox.log.slice(before).map(({ method }) => method)).toContain("contacts.resolveUsername");
  });

  it("does without a store that does not answer", async () => {
    await using sandbox = await startSandbox();
    const store = memoryStore();
    const broken: StateStore = {
      ...store,
      update: (key, transition, options) =>
        /^(peer|name|dialogs):/.test(key)
          ? Promise.reject(new GuardError("store_unavailable", "no", { details: { store: "test" }, nextStep: "none" }))
          : store.update(key, transition, options),
    };
    const methods = await during(sandbox, { store: broken }, firstId("@tidewater_lab"));
    expect(methods).toEqual(["users.getUsers", "contacts.resolveUsername", "messages.getHistory"]);
  });
});

describe("A @name", () => {
  const NAME = "harbour_gazette";

  async function named(clock = manualClock()) {
    const sandbox = await startSandbox();
    const store = memoryStore({ clock });
    await during(sandbox, { store }, firstId(`@${NAME}`));
    return { sandbox, store, clock, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
  }

  it("is asked for again after a day, and means the same", async () => {
    await using house = await named();
    const { sandbox, store, clock } = house;
    await clock.advance(86_399_999);
    expect(await during(sandbox, { store }, firstId(`@${NAME}`))).toEqual(["messages.getHistory"]);
    await clock.advance(1);
    const methods = await during(sandbox, { store }, firstId(`@${NAME}`));
    expect(methods).toEqual(["contacts.resolveUsername", "messages.getHistory"]);
    expect(await during(sandbox, { store }, firstId(`@${NAME}`))).toEqual(["messages.getHistory"]);
  });

  it("that belongs to somebody else now is reported and not followed, until that is accepted", async () => {
    await using house = await named();
    const { sandbox, store, clock } = house;
    const was = sandbox.world.chat(`@${NAME}`).id;
    const [, stranger] = sandbox.info.accounts;
    const is = stranger?.id ?? 0;
    sandbox.world.moveUsername(NAME, is);
    await clock.advance(86_400_000);
    const followed = during(sandbox, { store }, firstId(`@${NAME}`));
    await expect(followed).rejects.toMatchObject({ code: "name_moved", details: { name: NAME, was, is } });
    await expect(during(sandbox, { store }, firstId(`@${NAME}`))).rejects.toMatchObject({ code: "name_moved" });

    await during(sandbox, { store }, async (client) => {
      expect(await client.read.resolve(`@${NAME}`, { followMovedName: true })).toMatchObject({ id: is, kind: "user" });
      expect(await client.read.messages(`@${NAME}`, { limit: 1 }).toArray()).toBeDefined();
    });
    expect(await during(sandbox, { store }, firstId(`@${NAME}`))).toEqual(["messages.getHistory"]);
  });
});
