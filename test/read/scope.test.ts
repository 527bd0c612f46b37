import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Api } from "telegram";
import {
  GuardedClient,
  isGuardError,
  memoryStore,
  systemClock,
  type ClientOptions,
  type Clock,
  type ReadRule,
  type SearchAllOptions,
} from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { methodsOf } from "../support/methods-of.js";
import { tempFolder } from "../support/temp-folder.js";

const LAB = "@tidewater_lab";
const CHANNEL = "@harbour_gazette";
const PERSON = "@priya_raman";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const open = (allow: readonly ReadRule[], more: Partial<ClientOptions> = {}): Promise<GuardedClient> =>
  GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    receiveUpdates: true,
    read: { allow },
    ...more,
  });
const reader = (...allow: readonly ReadRule[]): Promise<GuardedClient> => open(allow);

/** The code of the refusal, or `read`. */
async function told(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "read";
  } catch (error) {
    if (isGuardError(error)) return error.code;
    throw error;
  }
}

const idOf = (chat: string): number => sandbox.world.chat(chat).id;
const codesOf = async (client: GuardedClient, chats: readonly string[]): Promise<readonly string[]> =>
  Promise.all(chats.map((chat) => told(client.read.messages(chat, { limit: 1 }).toArray())));

describe("What may be read", () => {
  it.each([
    ["an id", () => idOf(LAB)],
    ["an id in digits", () => String(idOf(LAB))],
    ["an id without its mark", () => Number(String(idOf(LAB)).replace("-100", ""))],
    ["a @name", () => LAB],
    ["a name", () => LAB.slice(1)],
  ])("is one chat by %s, whatever it is called", async (_, rule) => {
    await using client = await reader(rule());
    expect(await codesOf(client, [LAB, String(idOf(LAB)), CHANNEL, PERSON, "me"])).toEqual([
      ...["read", "read"],
      ...["not_allowed", "not_allowed", "not_allowed"],
    ]);
  });

  it.each([
    ["kind:group", ["read", "not_allowed", "not_allowed"]],
    ["kind:channel", ["not_allowed", "read", "not_allowed"]],
    ["kind:user", ["not_allowed", "not_allowed", "read"]],
    ["kind:bot", ["not_allowed", "not_allowed", "not_allowed"]],
  ])("is %s", async (rule, expected) => {
    await using client = await reader(rule);
    expect(await codesOf(client, [LAB, CHANNEL, PERSON])).toEqual(expected);
  });

  it("is a folder: its chats and its kinds, but for what it leaves out", async () => {
    sandbox.world.addFolder("Work", { include: [PERSON], exclude: [CHANNEL], kinds: ["broadcasts"] });
    sandbox.world.addFolder("Friends", { kinds: ["contacts", "groups"] });
    await using work = await reader("folder:Work");
    expect(await codesOf(work, [PERSON, CHANNEL, LAB])).toEqual(["read", "not_allowed", "not_allowed"]);
    await using friends = await reader("folder:Friends");
    sandbox.world.setContact("@mira_halvorsen", PERSON, true);
    expect(await codesOf(friends, [PERSON, LAB, CHANNEL])).toEqual(["read", "read", "not_allowed"]);
    await using none = await reader("folder:No such folder");
    expect(await codesOf(none, [PERSON, LAB])).toEqual(["not_allowed", "not_allowed"]);
  });

  it("holds for every reading that names a chat, and every export", async () => {
    await using client = await reader(LAB);
    await using folder = await tempFolder();
    const { read } = client;
    const signal = AbortSignal.timeout(20_000);
    const attempts = [
      read.resolve(CHANNEL),
      read.userById(idOf(PERSON)),
      read.groupInfo(CHANNEL),
      read.myRights(CHANNEL),
      read.participants(CHANNEL, { limit: 1 }).toArray(),
      read.commonChats(PERSON, { limit: 1 }).toArray(),
      read.messagesByIds(CHANNEL, [1]),
      read.messageCount(CHANNEL),
      read.creationDate(CHANNEL),
      read.search(CHANNEL, "the", { limit: 1 }).toArray(),
      read.topics(CHANNEL, { limit: 1 }).toArray(),
      read.downloadMedia(CHANNEL, 1),
      read.watch([CHANNEL], { signal }).ready(),
      client.export.messages(CHANNEL, { to: folder.file("a.jsonl") }),
      client.export.participants(CHANNEL, { to: folder.file("b.jsonl") }),
      client.export.estimate(CHANNEL),
    ];
    expect(await Promise.all(attempts.map(told))).toEqual(attempts.map(() => "not_allowed"));
    expect(await told(client.raw.invoke(new Api.help.GetNearestDc()))).toBe("read_denied");
    expect((await read.me()).username).toBe("mira_halvorsen");
  });

  it("holds for every list over several chats", async () => {
    await using client = await reader(LAB, PERSON);
    const allowed = [idOf(LAB), idOf(PERSON)];
    const { read } = client;
    const dialogs = await read.dialogs({ limit: 100 }).toArray();
    expect(dialogs.map(({ id }) => id).sort()).toEqual([...allowed].sort());
    const found = await read.searchAll("a", { limit: 300 }).toArray();
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map(({ chatId }) => chatId))].filter((id) => !allowed.includes(id))).toEqual([]);
    expect((await read.contacts()).every(({ id }) => allowed.includes(id))).toBe(true);
    const common = await read.commonChats(PERSON, { limit: 100 }).toArray();
    expect(common.every(({ id }) => allowed.includes(id))).toBe(true);
  });

  it("holds for a watch over all chats", async () => {
    await using client = await reader(LAB);
    const watch = await client.read.watch("all").ready();
    sandbox.world.post(CHANNEL, { text: "Not for you" });
    sandbox.world.post(PERSON, { text: "Nor this" });
    sandbox.world.post(LAB, { from: "@jonas_lq", text: "This is" });
    for await (const { text } of watch) {
      expect(text).toBe("This is");
      break;
    }
  });

  it("is Telegram's own chat by its id alone", async () => {
    await using kinds = await reader("kind:user", "kind:bot", "kind:group", "kind:channel");
    expect(await codesOf(kinds, ["777000"])).toEqual(["not_allowed"]);
    await using itself = await reader(777_000);
    expect(await codesOf(itself, ["777000"])).toEqual(["read"]);
  });
});

describe("What the rules name", () => {
  const LOOKUP = "messages.getDialogFilters";
  const search = (client: GuardedClient, options: SearchAllOptions = {}): Promise<unknown> =>
    client.read.searchAll("the", { limit: 1, ...options }).toArray();

  /** A client whose first lookup is never answered, and the search that waits for it. */
  async function waiting(options: SearchAllOptions = {}) {
    const client = await reader("folder:Work");
    sandbox.faults.set([{ method: LOOKUP, nth: 1, silence: true }]);
    const before = sandbox.log.length;
    const stop = new AbortController();
    const first = search(client, { signal: stop.signal, ...options });
    first.catch(() => undefined);
    while (!sandbox.log.slice(before).some(({ method }) => method === LOOKUP)) await client.read.me();
    return { client, stop, first };
  }

  it("is looked up by another call where the one that began is aborted", async () => {
    const { client, stop, first } = await waiting();
    const second = search(client);
    await client.read.me();
    const reason = new Error("Enough");
    stop.abort(reason);
    await expect(first).rejects.toBe(reason);
    await second;
    await client.close();
  });

  it("is waited for until the call's own signal or deadline", async () => {
    const { client, stop, first } = await waiting();
    const own = new AbortController();
    const second = search(client, { signal: own.signal });
    const third = search(client, { deadline: Date.now() + 50 });
    const reason = new Error("Enough");
    own.abort(reason);
    await expect(second).rejects.toBe(reason);
    await expect(third).rejects.toMatchObject({ code: expect.stringMatching(/^(rate_limited|timeout)$/) as string });
    stop.abort();
    await expect(first).rejects.toThrow();
    await client.close();
  });

  it("is not waited for at the pace of bulk work", async () => {
    const { client, stop, first } = await waiting({ lane: "bulk" });
    await search(client);
    stop.abort();
    await expect(first).rejects.toThrow();
    await client.close();
  });

  it("is looked up again after the clock was set back", async () => {
    let back = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() - back };
    await using client = await open(["folder:Work"], { clock });
    const asks = async (): Promise<number> => {
      const methods = await methodsOf(sandbox, () => search(client));
      return methods.filter((method) => method === LOOKUP).length;
    };
    expect([await asks(), await asks()]).toEqual([1, 0]);
    back = 3_600_000;
    expect([await asks(), await asks()]).toEqual([1, 0]);
  });

  it("is a name, whatever objects have by that name", async () => {
    await using client = await reader("constructor");
    expect(await methodsOf(sandbox, () => search(client))).toContain("contacts.resolveUsername");
  });
});

it.each(["kind:everything", "Kind:group", "Me", "Folder:Work"])(
  "The rule %s is refused, since it is none",
  async (rule) => {
    await expect(reader(rule)).rejects.toMatchObject({ code: "input_invalid" });
  },
);
