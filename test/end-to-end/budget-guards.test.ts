import { expect, it } from "vitest";
import { approvers, GuardedClient, memoryStore, type Call, type Guard, type UserGuards } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const CHAT = "@tidewater_lab";
const isSend = ({ method }: Call): boolean => method === "messages.sendMessage";

/** One word of the approved text is another. */
function otherBytes({ request }: Call): Uint8Array {
  const bytes = Buffer.from(request.getBytes());
  bytes.write("evil", bytes.indexOf("good"));
  return bytes;
}
/** Passes on another request under the same claim. */
const swap: Guard = (call, next) => {
  if (!isSend(call)) return next(call);
  const bytes = otherBytes(call);
  return next({ ...call, request: { ...call.request, getBytes: () => bytes } });
};
/** Changes the very request that was approved. */
const overwrite: Guard = (call, next) => {
  if (!isSend(call)) return next(call);
  const bytes = otherBytes(call);
  Object.assign(call.request, { getBytes: () => bytes });
  return next(call);
};
/** Says that a read is what is sent, while the request is the write. */
const disguise: Guard = (call, next) => {
  if (!isSend(call)) return next(call);
  const { claim, ...unclaimed } = call;
  return next({ ...unclaimed, method: claim === undefined ? "" : "help.getConfig", kind: "read" });
};

it.each<[string, UserGuards]>([
  ["once around the call", { around: [swap] }],
  ["at each attempt", { perAttempt: [swap] }],
  ["in place", { perAttempt: [overwrite] }],
  ["by calling the write a read", { perAttempt: [disguise] }],
])("a guard of the application that swaps the request %s is stopped at the wire", async (_, guards) => {
  await using sandbox = await startSandbox();
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    guards,
    actions: { allow: [CHAT], approver: approvers.callback(() => true) },
  });
  const preview = await client.actions.sendMessage({ chat: CHAT, text: "a good word" });
  const before = sandbox.log.length;
  await expect(preview.execute()).rejects.toMatchObject({ code: "claim_mismatch", applied: "no" });
  expect(sandbox.log.slice(before)).toEqual([]);
  expect([...sandbox.world.chat(CHAT).messages()].some(({ text }) => /a (good|evil) word/.test(text))).toBe(false);
});

it("a guard of the application counts what leaves: the sandbox's log and the guard agree", async () => {
  await using sandbox = await startSandbox({ faults: [{ method: "updates.getState", nth: 2, drop: "before" }] });
  const passed: string[] = [];
  const count: Guard = (call, next) => {
    passed.push(call.method);
    return next(call);
  };
  await using client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: memoryStore(),
    limits: { mode: "off" },
    guards: { perAttempt: [count] },
  });
  for (let times = 0; times < 3; times++) await client.raw.invoke(new client.raw.api.updates.GetState());
  expect(passed).toEqual(sandbox.log.map(({ method }) => method));
});
