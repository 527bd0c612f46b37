import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Redacted } from "tg-guarded";
import { openKey, sealKey } from "../../src/session/seal.js";
import { parseText, writeText, type Written } from "../../src/session/session-text.js";
import { memoryKeyRing, newKey, plant, refusal, sessionDesk, stringOf, textOf } from "./session-desk.js";

const hex = ({ key }: ReturnType<typeof newKey>): string => Buffer.from(key.expose().authKey).toString("hex");
const exported = { confirm: true, format: "gramjs" } as const;

describe("encryption of session files", () => {
  it("leaves no key in the key ring that opens nothing", async () => {
    await using desk = await sessionDesk();
    const keyRing = memoryKeyRing();
    const sessions = desk.sessions({ encryption: "keyring", keyRing });
    await sessions.write("work", newKey());
    await sessions.write("work", newKey(), { replace: true });
    expect(keyRing.entries.size).toBe(1);
    await sessions.export("work", exported);
    await mkdir(desk.fileOf("folder"));
    expect(await refusal(() => sessions.write("folder", newKey(), { replace: true }))).toBe("file_error");
    expect(keyRing.entries.size).toBe(1);
  });

  it("is by the key ring where there is one, under a key that goes with the session", async () => {
    await using desk = await sessionDesk();
    const keyRing = memoryKeyRing();
    const sessions = desk.sessions({ encryption: "auto", keyRing });
    const key = newKey();
    expect(await sessions.write("work", key)).toBe("keyring");
    expect(await textOf(desk.fileOf("work"))).not.toContain(
      Buffer.from(key.key.expose().authKey).toString("base64url").slice(0, 40),
    );
    expect((await sessions.info("work")).form).toBe("keyring");
    const string = (await sessions.export("work", exported)).expose();
    expect(Buffer.from(string.slice(1), "base64").toString("hex")).toContain(hex(key));
    expect(keyRing.entries.size).toBe(1);
    const other = desk.sessions({ keyRing: memoryKeyRing() });
    expect(await refusal(() => other.export("work", exported))).toBe("session_invalid: sealed");
    expect(await sessions.decrypt("work")).toBe("plain");
    expect(keyRing.entries.size).toBe(0);
    await sessions.encrypt("work");
    await sessions.remove("work");
    expect(keyRing.entries.size).toBe(0);
  });

  it("is by a passphrase where one is given", async () => {
    await using desk = await sessionDesk();
    const sessions = desk.sessions({ encryption: "auto", passphrase: "open s\u00e9same", keyRing: memoryKeyRing() });
    await plant(desk, "work", stringOf(newKey()));
    expect(await sessions.encrypt("work")).toBe("passphrase");
    expect(await textOf(desk.fileOf("work"))).toContain('"logN":17');
    const trial = (passphrase?: string) =>
      refusal(() => desk.sessions(passphrase === undefined ? {} : { passphrase }).export("work", exported));
    // The same letter, typed as two characters.
    expect(await trial("open se\u0301same")).toBe("accepted");
    expect(await trial("open barley")).toBe("session_invalid: wrong_key");
    expect(await trial()).toBe("session_invalid: sealed");
    const asked = desk.sessions({ passphrase: () => Promise.resolve(new Redacted("open s\u00e9same")) });
    expect(await asked.decrypt("work")).toBe("plain");
  });

  it("is left out on demand alone, or where there is nothing to encrypt with", async () => {
    await using desk = await sessionDesk();
    const keyRing = memoryKeyRing();
    expect(await desk.sessions({ encryption: "none", keyRing }).write("open", newKey())).toBe("plain");
    expect(await refusal(() => desk.sessions({ encryption: "passphrase", keyRing }).write("sealed", newKey()))).toBe(
      "input_invalid",
    );
    expect(keyRing.entries.size).toBe(0);
  });

  it("vouches for what the file says of itself", async () => {
    await using desk = await sessionDesk();
    const keyRing = memoryKeyRing();
    const sessions = desk.sessions({ encryption: "keyring", keyRing });
    await sessions.write("work", { ...newKey(), account: { id: 7 } });
    const written = parseText(await textOf(desk.fileOf("work")));
    if (typeof written === "string") throw new Error(written);
    for (const changed of [{ dcId: 4 }, { account: { id: 8 } }, { store: "another" }]) {
      await writeFile(desk.fileOf("work"), writeText({ ...written, head: { ...written.head, ...changed } }));
      expect(await refusal(() => sessions.export("work", exported))).toBe("session_invalid: tampered");
    }
  });

  it("never asks for more memory than scrypt needs", () => {
    const lock = { kind: "passphrase", salt: "A".repeat(22), logN: 17, r: 8, p: 1 } as const;
    const sealed = sealKey(new Redacted(new Uint8Array(256)), HEAD, { lock, secret: SECRET });
    for (const bomb of [{ logN: 30 }, { logN: 16 }, { r: 1024 }, { p: 1000 }]) {
      const text = writeText({ head: HEAD, sealed: { ...sealed, lock: { ...lock, ...bomb } as typeof lock } });
      expect([bomb, parseText(text)]).toEqual([bomb, "damaged"]);
    }
  });
});

const HEAD = { dcId: 2, createdAt: "2024-01-01T00:00:00.000Z" };
const SECRET = new Redacted(new Uint8Array(32).fill(7));

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const heads = fc.record(
  {
    dcId: fc.integer({ min: 1, max: 255 }),
    createdAt: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    store: fc.uuid(),
    account: fc.integer({ min: 1, max: 2 ** 52 }).map((id) => ({ id, username: `u${id}` })),
  },
  { requiredKeys: ["dcId", "createdAt"] },
);
const files = fc.tuple(heads, bytes(256), fc.boolean()).map(([head, authKey, isSealed]): Written => {
  const key = { lock: { kind: "keyring", id: randomUUID() }, secret: SECRET } as const;
  return isSealed
    ? { head, sealed: sealKey(new Redacted(authKey), head, key) }
    : { head, authKey: Buffer.from(authKey).toString("base64url") };
});

describe("the text of a session file", () => {
  it("says what was written", () => {
    fc.assert(
      fc.property(files, (written) => {
        expect(parseText(writeText(written))).toEqual(written);
      }),
    );
  });

  it("tells every damage", () => {
    fc.assert(
      fc.property(files, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, at, change) => {
        const damaged = Buffer.from(writeText(written).trimEnd());
        const index = at % damaged.length;
        damaged[index] = (damaged[index] ?? 0) ^ change;
        expect(["damaged", "foreign", "newer"]).toContain(parseText(damaged.toString("utf8")));
        expect(["damaged", "foreign"]).toContain(parseText(writeText(written).slice(0, index)));
      }),
    );
  });

  it("takes any text without failing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        expect(["damaged", "foreign", "newer"]).toContain(parseText(text));
      }),
    );
  });

  it("opens with its own key alone", () => {
    fc.assert(
      fc.property(bytes(256), bytes(32), bytes(32), heads, (authKey, one, other, head) => {
        fc.pre(Buffer.compare(one, other) !== 0);
        const lock = { kind: "keyring", id: randomUUID() } as const;
        const sealed = sealKey(new Redacted(authKey), head, { lock, secret: new Redacted(one) });
        const opened = openKey(sealed, head, new Redacted(one));
        expect(opened instanceof Redacted && Buffer.from(opened.expose()).equals(authKey)).toBe(true);
        expect(openKey(sealed, head, new Redacted(other))).toBe("wrong_key");
      }),
    );
  });
});
