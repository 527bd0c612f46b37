import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { FAMILY, GAZETTE, LAB, LIV, next, openWatching, textsByChat, textsOf, type Watching } from "./watching.js";

const CHATS = [LAB, GAZETTE, FAMILY, LIV];

let watching: Watching;
beforeEach(async () => {
  watching = await openWatching();
});
afterEach(() => watching[Symbol.asyncDispose]());

/** Writes to these chats in turn while connections break and updates get lost; what each chat then must have brought. */
async function stormOn(chats: readonly string[], rounds: number): Promise<Record<number, string[]>> {
  const { sandbox, client, post, idOf } = watching;
  const written: Record<number, string[]> = {};
  const write = (chat: string, text: string, extra?: { readonly unannounced: true }): void => {
    post(chat, text, extra);
    (written[idOf(chat)] ??= []).push(text);
  };
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < 20; place++) {
      const chat = chats[(round + place) % chats.length] ?? LAB;
      write(chat, `${round}.${place}`, place % 5 === round % 5 ? { unannounced: true } : undefined);
      if (place === 10 && round % 3 === 0) sandbox.dropConnections();
      if (place === 15 && round % 4 === 1) sandbox.world.loseUpdates();
    }
    // Time passes, so that the rounds do not become one.
    await client.read.me();
  }
  for (const chat of chats) write(chat, "the end");
  return written;
}

const countOf = (written: Record<number, readonly string[]>): number => Object.values(written).flat().length;

describe("A watch", () => {
  it("yields each of hundreds of messages once and in order, over drops and gaps", async () => {
    const { client, sandbox } = watching;
    const watch = await client.read.watch(CHATS).ready();
    const written = await stormOn(CHATS, 12);
    expect(countOf(written)).toBe(244);
    expect(textsByChat(await next(watch, 244))).toEqual(written);
    expect(sandbox.problems).toEqual([]);
  });

  it("asks through the chain alone, which counts all that the sandbox logs", async () => {
    const { client, sandbox, post } = watching;
    sandbox.faults.set([
      { method: "messages.getPeerDialogs", nth: 2, drop: "after" },
      { method: "updates.getDifference", nth: 1, drop: "before" },
      { method: "updates.getChannelDifference", nth: 1, drop: "after" },
    ]);
    const watch = await client.read.watch(CHATS).ready();
    for (const chat of [...CHATS, ...CHATS, ...CHATS]) post(chat, "missed", { unannounced: true });
    sandbox.world.loseUpdates();
    const messages = watch[Symbol.asyncIterator]();
    for (let taken = 0; taken < 12; taken++) await messages.next();
    // The watch may have asked once more than it had to; whatever is under way arrives before the others end.
    for (let turn = 0; turn < 20 && client.metrics.snapshot().requests !== sandbox.log.length; turn++) {
      await client.read.me();
    }
    const { requests, requestsByMethod } = client.metrics.snapshot();
    expect(requests).toBe(sandbox.log.length);
    expect(Object.keys(requestsByMethod).sort()).toEqual([...new Set(sandbox.log.map(({ method }) => method))].sort());
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("yields those of all chats", async () => {
    const watch = await watching.client.read.watch("all").ready();
    const written = await stormOn(CHATS, 6);
    expect(textsByChat(await next(watch, countOf(written)))).toEqual(written);
  });

  it("gives messages as read.messages does, whether they were told or asked for", async () => {
    const { client, post } = watching;
    const watch = await client.read.watch(CHATS, { markdown: true }).ready();
    for (const chat of CHATS) post(chat, "told");
    for (const chat of CHATS) post(chat, "missed", { unannounced: true });
    for (const chat of CHATS) post(chat, "told again");
    const found = await next(watch, 12);
    for (const chat of CHATS) {
      const read = await client.read.messages(chat, { limit: 3, order: "newest", markdown: true }).toArray();
      expect(found.filter(({ chatId }) => chatId === read[0]?.chatId)).toEqual(read.reverse());
    }
  });

  it("sends nothing while all goes well", async () => {
    const { client, post, methodsOf } = watching;
    const watch = await client.read.watch(CHATS).ready();
    const methods = await methodsOf(async () => {
      for (let place = 0; place < 50; place++) post(CHATS[place % 4] ?? LAB, String(place));
      await next(watch, 50);
    });
    expect(methods).toEqual([]);
  });

  it("leaves out other chats", async () => {
    const watch = await watching.client.read.watch(LAB).ready();
    watching.post(FAMILY, "elsewhere");
    watching.post(LAB, "here");
    expect(textsOf(await next(watch, 1))).toEqual(["here"]);
  });

  it("leaves out what the account writes itself, unless asked for", async () => {
    const { sandbox, client, post } = watching;
    const [without, with_] = [client.read.watch(LAB), client.read.watch(LAB, { includeOwn: true })];
    await Promise.all([without.ready(), with_.ready()]);
    sandbox.world.post(LAB, { from: "@mira_halvorsen", text: "mine" });
    post(LAB, "theirs");
    expect(textsOf(await next(without, 1))).toEqual(["theirs"]);
    expect(textsOf(await next(with_, 2))).toEqual(["mine", "theirs"]);
  });

  it("tells of what this client sends, too, when asked for", async () => {
    const { sandbox } = watching;
    const actions = { allow: [LIV, LAB], approver: approvers.callback(() => true) };
    const options = { ...sandbox.clientOptions(), store: memoryStore(), limits: { mode: "off" as const }, actions };
    await using writer = await GuardedClient.open({ ...options, receiveUpdates: true });
    const watch = await writer.read.watch([LIV, LAB], { includeOwn: true }).ready();
    for (const chat of [LIV, LAB]) await (await writer.actions.sendMessage({ chat, text: `to ${chat}` })).execute();
    expect(textsOf(await next(watch, 2)).toSorted()).toEqual([`to ${LIV}`, `to ${LAB}`].sort());
  });

  it("tells of edits when asked for", async () => {
    const { sandbox, client, post } = watching;
    const watch = await client.read.watch([LAB, FAMILY], { includeEdits: true }).ready();
    for (const chat of [LAB, FAMILY]) {
      const id = post(chat, "first");
      sandbox.world.edit(chat, id, "second");
      post(chat, "next");
    }
    const found = await next(watch, 6);
    expect(found.map(({ text, isEdit }) => [text, isEdit])).toEqual([
      ["first", undefined],
      ["second", true],
      ["next", undefined],
      ["first", undefined],
      ["second", true],
      ["next", undefined],
    ]);
  });

  it("leaves out Telegram's own chat, unless asked for, and masks the codes then", async () => {
    const { sandbox, client, post } = watching;
    const [without, with_] = [client.read.watch("all"), client.read.watch("all", { includeServiceChat: true })];
    await Promise.all([without.ready(), with_.ready()]);
    sandbox.world.post(777000, { text: "Login code: 12345." });
    post(LIV, "hello");
    expect(textsOf(await next(without, 1))).toEqual(["hello"]);
    expect(textsOf(await next(with_, 2))).toEqual(["Login code: •••••.", "hello"]);
    await expect(client.read.watch(777000).ready()).rejects.toMatchObject({ code: "input_invalid" });
  });

  it("serves two on one client, each with its own chats", async () => {
    const { client } = watching;
    const [one, other] = [client.read.watch(CHATS), client.read.watch([FAMILY, LIV])];
    await Promise.all([one.ready(), other.ready()]);
    const written = await stormOn(CHATS, 6);
    const found = textsByChat(await next(one, countOf(written)));
    expect(found).toEqual(written);
    const wanted = [FAMILY, LIV].map(watching.idOf);
    const some = Object.fromEntries(wanted.map((id) => [id, written[id]]));
    expect(textsByChat(await next(other, Object.values(some).flat().length))).toEqual(some);
  });

  it("holds no more than its buffer, and gets the rest later", async () => {
    const { client, methodsOf } = watching;
    const watch = await client.read.watch(CHATS, { buffer: 10 }).ready();
    const written = await stormOn(CHATS, 10);
    const methods = await methodsOf(async () => {
      expect(textsByChat(await next(watch, countOf(written)))).toEqual(written);
    });
    expect(methods).toContain("updates.getDifference");
  });

  it("reads the history where Telegram has forgotten what happened since", async () => {
    const { sandbox, client, post } = watching;
    const watch = await client.read.watch(CHATS).ready();
    const texts = Array.from({ length: 1200 }, (_, place) => String(place));
    for (const text of texts) post(LAB, text, { unannounced: true });
    for (const chat of [FAMILY, LIV]) for (const text of texts.slice(0, 150)) post(chat, text, { unannounced: true });
    sandbox.faults.set([{ method: "updates.getDifference", nth: 1, error: "PERSISTENT_TIMESTAMP_INVALID" }]);
    sandbox.world.loseUpdates();
    const found = textsByChat(await next(watch, 1500));
    expect(found[watching.idOf(LAB)]).toEqual(texts);
    expect(found[watching.idOf(FAMILY)]).toEqual(texts.slice(0, 150));
    expect(found[watching.idOf(LIV)]).toEqual(texts.slice(0, 150));
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("goes on after floods and faults of the requests that catch up", async () => {
    const { sandbox, client, post } = watching;
    const watch = await client.read.watch(LAB).ready();
    sandbox.faults.set([
      { method: "updates.getChannelDifference", nth: 1, error: "FLOOD_WAIT_1" },
      { method: "updates.getChannelDifference", nth: 2, drop: "after" },
      { method: "updates.getChannelDifference", nth: 3, error: "RPC_CALL_FAIL" },
    ]);
    post(LAB, "missed", { unannounced: true });
    sandbox.dropConnections();
    expect(textsOf(await next(watch, 1))).toEqual(["missed"]);
    expect(sandbox.faults.unfired()).toEqual([]);
  });

  it("says when new messages of a chat cannot be read any more, and goes on without it from its cursor", async () => {
    const { sandbox, client, post, idOf } = watching;
    const watch = await client.read.watch([LAB, FAMILY]).ready();
    sandbox.faults.set([{ method: "updates.getChannelDifference", error: "CHANNEL_PRIVATE" }]);
    post(LAB, "missed", { unannounced: true });
    sandbox.dropConnections();
    const details = { chatId: idOf(LAB), afterId: 420 };
    await expect(next(watch, 1)).rejects.toMatchObject({ code: "messages_missed", details });
    post(FAMILY, "meanwhile");
    const further = client.read.watch(FAMILY, { from: watch.cursor ?? "" });
    expect(textsOf(await next(further, 1))).toEqual(["meanwhile"]);
  });
});

it("a channel that the account is not in cannot be watched: Telegram would tell nothing of it", async () => {
  const outside = watching.client.read.watch("@old_town_market").ready();
  await expect(outside).rejects.toMatchObject({ code: "not_a_member" });
});

describe("The cursor of a watch", () => {
  it("goes on in another client without a gap, wherever the reader stopped", async () => {
    const { sandbox, client } = watching;
    let from = (await client.read.watch(CHATS).ready()).cursor ?? "";
    const written = await stormOn(CHATS, 8);
    await client.close();
    const found = [];
    const store = memoryStore();
    for (let left = countOf(written); left > 0;) {
      await using another = await GuardedClient.open({
        ...sandbox.clientOptions(),
        store,
        limits: { mode: "off" },
        receiveUpdates: true,
      });
      const watch = another.read.watch(CHATS, { from });
      const some = await next(watch, Math.min(left, 37));
      left -= some.length;
      found.push(...some);
      from = watch.cursor ?? "";
    }
    expect(textsByChat(found)).toEqual(written);
  });

  it("goes on in the middle of a history that is being read", async () => {
    const { client, post } = watching;
    const first = await client.read.watch([LAB, LIV]).ready();
    const texts = Array.from({ length: 1100 }, (_, place) => String(place));
    for (const text of texts) post(LAB, text, { unannounced: true });
    const begun = client.read.watch([LAB, LIV], { from: first.cursor ?? "" });
    const some = await next(begun, 250);
    const rest = await next(client.read.watch([LAB, LIV], { from: begun.cursor ?? "" }), 850);
    expect(textsOf([...some, ...rest])).toEqual(texts);
  });

  it("stays as it was where the watch ends before it has begun", async () => {
    const { client } = watching;
    for (const chats of ["all", [LAB]] as const) {
      const from = (await client.read.watch(chats).ready()).cursor ?? "";
      const stop = new AbortController();
      const watch = client.read.watch(chats, { from, signal: stop.signal });
      const ready = watch.ready();
      const reason = new Error("Stop");
      stop.abort(reason);
      await expect(ready).rejects.toBe(reason);
      expect(watch.cursor).toBe(from);
    }
  });

  it("is refused when it is none, or another account's", async () => {
    const { client, sandbox } = watching;
    const bad = { code: "input_invalid", details: { path: "options.from" } };
    await expect(client.read.watch(LAB, { from: "what" }).ready()).rejects.toMatchObject(bad);
    const cursor = (await client.read.watch(LAB).ready()).cursor ?? "";
    const options = { ...sandbox.clientOptions(sandbox.info.accounts[1]?.id), store: memoryStore() };
    await using other = await GuardedClient.open({ ...options, receiveUpdates: true });
    await expect(other.read.watch(LAB, { from: cursor }).ready()).rejects.toMatchObject(bad);
  });
});

describe("A watch that could not begin", () => {
  it("begins when it is asked again", async () => {
    const { client, sandbox, post } = watching;
    sandbox.faults.set([{ method: "contacts.resolveUsername", nth: 1, error: "SOMETHING_ODD" }]);
    const watch = client.read.watch(LAB);
    await expect(watch.ready()).rejects.toMatchObject({ code: "telegram_error" });
    await watch.ready();
    post(LAB, "here");
    expect(textsOf(await next(watch, 1))).toEqual(["here"]);
  });
});

describe("The end of a watch", () => {
  it("comes with the reason of its signal", async () => {
    const { client } = watching;
    const stop = new AbortController();
    const waiting = next(client.read.watch(LAB, { signal: stop.signal }), 1);
    const reason = new Error("enough");
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const begun = await client.read.watch(LAB, { signal: new AbortController().signal }).ready();
    await expect(next(client.read.watch(LAB, { signal: stop.signal }), 1)).rejects.toBe(reason);
    watching.post(LAB, "others go on");
    expect(textsOf(await next(begun, 1))).toEqual(["others go on"]);
  });

  it("leaves nothing that would ask: a lost connection stays lost until somebody needs it", async () => {
    const { client, sandbox, post, methodsOf } = watching;
    const watch = await client.read.watch(CHATS).ready();
    post(LAB, "one");
    await next(watch, 1);
    const methods = await methodsOf(async () => {
      sandbox.dropConnections();
      await client.read.me();
      post(LAB, "missed", { unannounced: true });
      post(LAB, "two");
      await client.read.me();
    });
    expect(methods).toEqual(["users.getUsers", "users.getUsers"]);
  });

  it("comes when the client closes", async () => {
    const { client } = watching;
    const waiting = next(await client.read.watch("all").ready(), 1);
    await client.close();
    await expect(waiting).rejects.toMatchObject({ code: "client_closed" });
    expect(() => client.read.watch("all")).not.toThrow();
    await expect(client.read.watch("all").ready()).rejects.toMatchObject({ code: "client_closed" });
  });

  it("is its beginning when the client receives no updates, and the error names the option", async () => {
    const options = { ...watching.sandbox.clientOptions(), store: watching.store };
    await using deaf = await GuardedClient.open(options);
    expect(() => deaf.read.watch(LAB)).toThrow(
      expect.objectContaining({ code: "input_invalid", details: { path: "receiveUpdates" } }),
    );
  });
});
