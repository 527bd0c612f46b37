import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { GuardedClient, openSessions, Redacted } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { memoryKeyRing, plant, sessionDesk, stringOf } from "./session-desk.js";

const MARKER = "MarkerOfASecret-";
const KEY = new Uint8Array(Buffer.from(MARKER.repeat(16)));
const PASSPHRASE = "PassphraseNobodyMaySee";

/** Every form in which the key or the passphrase could show. */
const FORMS: readonly string[] = [
  MARKER,
  Buffer.from(KEY).toString("hex").slice(64, 96),
  Buffer.from(KEY).toString("hex").toUpperCase().slice(64, 96),
  ...[0, 1, 2].map((shift) => Buffer.from(KEY.subarray(shift)).toString("base64").slice(8, 24)),
  [...KEY.subarray(32, 44)].join(", "),
  [...KEY.subarray(32, 44)].map((byte) => byte.toString(16)).join(" "),
  PASSPHRASE,
];

const everything = (value: unknown): string => {
  const inner = value instanceof Error ? [value.stack, value.cause, Object.entries(value)] : [value];
  return inner
    .map((each) => inspect(each, { depth: 10, showHidden: true, maxArrayLength: null, maxStringLength: null }))
    .join("\n");
};

describe("what sessions throw and return", () => {
  it("holds nothing of a key or a passphrase", async () => {
    await using desk = await sessionDesk();
    await using sandbox = await startSandbox();
    const key = { key: new Redacted({ dcId: 2, authKey: KEY }) };
    const string = stringOf(key);
    const seen: unknown[] = [];
    const attempt = async (work: () => unknown): Promise<void> => {
      try {
        seen.push(await work());
      } catch (error) {
        seen.push(error);
        if (!(error instanceof Error)) throw error;
      }
    };
    const sealed = desk.sessions({ encryption: "passphrase", passphrase: PASSPHRASE });
    const ring = memoryKeyRing();
    await attempt(() => desk.sessions().write("plain", key));
    await attempt(() => sealed.write("sealed", key));
    await attempt(() => desk.sessions({ encryption: "keyring", keyRing: ring }).write("ring", key));
    await attempt(() => desk.sessions({ passphrase: `${PASSPHRASE}!` }).export("sealed", { confirm: true }));
    await attempt(() => sealed.export("sealed", { confirm: true }));
    await attempt(() => sealed.export("sealed", { confirm: false }));
    await attempt(() => sealed.encrypt("sealed"));
    for (const name of [string, `../${string}`, string.slice(0, 90)]) await attempt(() => desk.sessions().use(name));
    for (const text of [string.slice(0, -4), `${string}\n${string}`, `x${string}`, string]) {
      await attempt(() => desk.sessions().import("plain", { string: text }));
      await plant(desk, "broken", text);
      await attempt(() => desk.sessions().export("broken", { confirm: true }));
      await writeFile(`${desk.dataDir}/loose`, text);
      await attempt(() => desk.sessions().import("broken", { path: `${desk.dataDir}/loose` }));
    }
    const base = { ...sandbox.clientOptions(), dataDir: desk.dataDir };
    const sessions = { encryption: "none", passphrase: PASSPHRASE } as const;
    for (const session of [
      "plain",
      "sealed",
      "ring",
      "broken",
      { string },
      { string: string.slice(1) },
      { path: string },
    ]) {
      await attempt(() => GuardedClient.open({ ...base, session, sessions }));
    }
    await attempt(() => desk.sessions().import("broken", { path: string }));
    await attempt(() => openSessions({ sessions: { passphrase: PASSPHRASE, encryption: "nothing" as "none" } }));
    await attempt(() => desk.sessions().list());
    expect(seen.length).toBeGreaterThan(25);
    const text = seen.map(everything).join("\n");
    for (const form of FORMS) expect([form, text.includes(form)]).toEqual([form, false]);
  });
});
