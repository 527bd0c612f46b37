import { describe, expect, it } from "vitest";
import { Redacted } from "tg-guarded";
import { withSecrets } from "../../src/env/secrets.js";
import type { KeyRing } from "../../src/secrets/key-ring.js";

/** A key ring that lives in memory. */
function keyRing(entries: Readonly<Record<string, string>>): KeyRing {
  const kept = new Map(Object.entries(entries));
  return {
    get: (service, account) => {
      const secret = kept.get(`${service}/${account}`);
      return Promise.resolve(secret === undefined ? undefined : new Redacted(secret));
    },
    set: (service, account, secret) => Promise.resolve(void kept.set(`${service}/${account}`, secret.expose())),
    delete: (service, account) => Promise.resolve(kept.delete(`${service}/${account}`)),
  };
}

const secretsOf = async (env: Readonly<Record<string, string>>, ring = keyRing({})) => {
  const { TG_API_ID, TG_API_HASH } = await withSecrets(env, () => ring);
  return [TG_API_ID, TG_API_HASH];
};
const command = (text: string) => `"${process.execPath}" -p "'${text}'"`;

describe("The API's id and hash", () => {
  it("come from the variables themselves, unless another provider is named", async () => {
    expect(await secretsOf({ TG_API_ID: "1", TG_API_HASH: "h" })).toEqual(["1", "h"]);
    expect(await secretsOf({ TG_API_ID: "1", TG_API_HASH: "h", TG_SECRET_PROVIDER: "env" })).toEqual(["1", "h"]);
  });

  it("come from the key ring, by the names of the original or by others", async () => {
    const ring = keyRing({ "tg-mcp/TG_API_ID": "7", "tg-mcp/TG_API_HASH": "ring", "mine/id": "8", "mine/hash": "own" });
    expect(await secretsOf({ TG_SECRET_PROVIDER: "keychain", TG_API_ID: "1" }, ring)).toEqual(["7", "ring"]);
    expect(await secretsOf({ TG_USE_KEYCHAIN: "1" }, ring)).toEqual(["7", "ring"]);
    const named = {
      TG_SECRET_PROVIDER: "keychain",
      TG_KEYCHAIN_SERVICE: "mine",
      TG_KEYCHAIN_ACCOUNT_API_ID: "id",
      TG_KEYCHAIN_ACCOUNT_API_HASH: "hash",
    };
    expect(await secretsOf(named, ring)).toEqual(["8", "own"]);
  });

  it("are missed by their entry where the key ring lacks it, also where the variable is set", async () => {
    const env = { TG_SECRET_PROVIDER: "keychain", TG_API_ID: "1", TG_API_HASH: "h" };
    await expect(secretsOf({ ...env, TG_KEYCHAIN_SERVICE: "mine" })).rejects.toMatchObject({
      code: "secret_unavailable",
      details: { source: "keychain" },
      message: expect.stringContaining("mine, TG_API_ID") as string,
      nextStep: expect.stringContaining("TG_KEYCHAIN_ACCOUNT_API_ID") as string,
    });
    await expect(secretsOf(env, keyRing({ "tg-mcp/TG_API_ID": "7" }))).rejects.toThrow("tg-mcp, TG_API_HASH");
  });

  it("are no other secrets that a provider gives by mistake, and those are not told", async () => {
    const ring = keyRing({ "tg-mcp/TG_API_ID": "s3cret", "tg-mcp/TG_API_HASH": "ring" });
    const ofRing = secretsOf({ TG_SECRET_PROVIDER: "keychain" }, ring);
    await expect(ofRing).rejects.toMatchObject({ code: "secret_unavailable", details: { source: "keychain" } });
    const env = { TG_SECRET_CMD_API_ID: command("s3cret"), TG_SECRET_CMD_API_HASH: command("cmd") };
    const ofCommand = secretsOf({ TG_SECRET_PROVIDER: "command", ...env });
    await expect(ofCommand).rejects.toMatchObject({ code: "secret_unavailable", details: { source: "command" } });
    for (const told of [ofRing, ofCommand]) {
      await expect(told).rejects.not.toThrow("s3cret");
      await expect(told).rejects.toThrow(/TG_(KEYCHAIN_ACCOUNT|SECRET_CMD)_API_ID/);
    }
  });

  it("come from commands", async () => {
    const env = { TG_SECRET_CMD_API_ID: command("9"), TG_SECRET_CMD_API_HASH: command("cmd") };
    expect(await secretsOf({ TG_SECRET_PROVIDER: "command", ...env })).toEqual(["9", "cmd"]);
    const lacking = secretsOf({ TG_SECRET_PROVIDER: "command", TG_SECRET_CMD_API_ID: command("9") });
    await expect(lacking).rejects.toMatchObject({ code: "input_invalid", details: { path: "TG_SECRET_CMD_API_HASH" } });
  });

  it("are asked of nobody where a sandbox brings its own", async () => {
    expect(await secretsOf({ TG_SANDBOX: "info.json", TG_SECRET_PROVIDER: "command" })).toEqual([undefined, undefined]);
  });

  it("come from no provider that nobody knows", async () => {
    await expect(secretsOf({ TG_SECRET_PROVIDER: "vault" })).rejects.toMatchObject({
      details: { path: "TG_SECRET_PROVIDER" },
    });
  });
});
