import { afterEach, expect, test, vi } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { keyOf, initialising, RawClient } from "./raw-client.js";

let sandbox: Sandbox | undefined;
const clients: RawClient[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const client of clients.splice(0)) client.close();
  await sandbox?.close();
  expect(sandbox?.problems).toEqual([]);
});

const WORK = "@tidewater_lab";

async function open(account = 0): Promise<RawClient> {
  if (!sandbox) throw new Error("no sandbox");
  const client = await RawClient.loggedIn(sandbox.info, account);
  clients.push(client);
  return client;
}

/** The kinds of the updates in the next container. */
async function heard(client: RawClient): Promise<readonly string[]> {
  const { object } = await client.next("updates");
  return (object["updates"] as readonly { readonly _: string }[]).map(({ _ }) => _);
}

test("what happens from outside is told to those whom it concerns", async () => {
  sandbox = await startSandbox();
  const { world } = sandbox;
  const [mira, tomas] = [await open(0), await open(1)];
  const [, other] = world.accounts;
  const id = other?.id ?? 0;
  world.rename(WORK, "Tidewater Labs");
  expect(await heard(mira)).toEqual(["updateNewChannelMessage"]);
  expect(await heard(tomas)).toEqual(["updateNewChannelMessage"]);
  world.setSlowMode(WORK, 30);
  expect(await heard(mira)).toEqual(["updateChannel"]);
  expect(await heard(tomas)).toEqual(["updateChannel"]);
  world.kick(WORK, id);
  expect(await heard(tomas)).toEqual(["updateChannel"]);
  expect(await heard(mira)).toEqual(["updateNewChannelMessage"]);
  expect([...world.chat(WORK).members()].some(({ userId }) => userId === id)).toBe(false);
  world.admit("Quayside Forum", "@ruth_okafor");
  expect(await heard(mira)).toEqual(["updateNewChannelMessage"]);
  world.setDefaultRights(WORK, ["send_media"]);
  expect(await heard(mira)).toEqual(["updateChatDefaultBannedRights"]);
  expect(() => {
    world.kick(WORK, "Nobody at all");
  }).toThrow("no user Nobody at all");
});

test("a scheduled message is sent by itself when its time has come, to the session that wrote it, too", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let now = Date.now();
  sandbox = await startSandbox({ now: () => now });
  const mira = await open(0);
  const due = Math.ceil(now / 1000) + 60;
  const message = { peer: { _: "inputPeerSelf" }, message: "in a minute", random_id: 5n, schedule_date: due };
  await mira.request({ _: "messages.sendMessage", ...message });
  now = due * 1000;
  vi.advanceTimersByTime(61_100);
  expect(await heard(mira)).toEqual(["updateNewMessage"]);
  expect(await heard(mira)).toEqual(["updateDeleteScheduledMessages"]);
});

test("another session of the same account hears what the first one did", async () => {
  sandbox = await startSandbox();
  const here = await open(0);
  const there = await RawClient.open(sandbox.info, { key: keyOf(sandbox.info) });
  clients.push(there);
  there.salt = here.salt;
  there.send(initialising({ _: "help.getConfig" }));
  await there.next("result");
  const peer = { _: "inputPeerSelf" };
  await here.request({ _: "messages.saveDraft", ...{ peer, message: "for later" } });
  expect(await heard(there)).toEqual(["updateDraftMessage"]);
  await here.request({ _: "messages.sendMessage", ...{ peer, message: "now", random_id: 1n, clear_draft: true } });
  expect(await heard(there)).toEqual(["updateNewMessage"]);
  expect(await heard(there)).toEqual(["updateDraftMessage"]);
  const last = [...sandbox.world.chat("mira_halvorsen").messages()].at(-1)?.id ?? 0;
  const reaction = [{ _: "reactionEmoji", emoticon: "🔥" }];
  await here.request({ _: "messages.sendReaction", ...{ peer, msg_id: last, reaction } });
  expect(await heard(there)).toEqual(["updateMessageReactions"]);
});
