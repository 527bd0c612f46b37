import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { logIn, openSessions } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { excess, ON_ITS_WAY } from "../support/budget-race.js";
import { examplePrograms } from "../support/example-programs.js";
import { redisMissing, startRedis } from "../support/redis-server.js";
import { sandboxEnv } from "../support/sandbox-file.js";
import { tempFolder } from "../support/temp-folder.js";

const HOSTS = ["host-a", "host-b", "host-c"];

if (redisMissing !== undefined) console.warn(`The test of the Redis fleet is skipped: ${redisMissing}.`);

/** Logs in once more with the sandbox's first account. */
async function newSession(sandbox: Sandbox, dataDir: string, name: string): Promise<void> {
  const { apiId, apiHash, server } = sandbox.clientOptions();
  const [{ phone, code } = { phone: "", code: "" }] = sandbox.info.accounts;
  const prompts = { phone: () => Promise.resolve(phone), code: () => Promise.resolve(code) };
  const { key, account } = await logIn({ apiId, apiHash, server, prompts });
  await openSessions({ dataDir, sessions: { encryption: "none" } }).write(name, { key, account });
}

describe.skipIf(redisMissing !== undefined)("redis-fleet", () => {
  test("exports the groups by several workers, a session each, under one budget", async () => {
    await using redis = await startRedis();
    await using programs = await examplePrograms("redis-fleet/fleet", "redis-fleet/worker");
    await using sandbox = await startSandbox();
    await using folder = await tempFolder();
    const data = folder.file("data");
    for (const host of HOSTS) await newSession(sandbox, data, host);
    const before = sandbox.log.length;

    const env = {
      ...(await sandboxEnv(folder.file("sandbox.json"), sandbox.info)),
      TG_DATA_DIR: data,
      TG_STATE_URL: redis.url,
    };
    const fleet = programs.start("redis-fleet/fleet", [folder.file("chats"), ...HOSTS], env);
    const lines = await fleet.rest();
    expect(await fleet.ended).toEqual({ code: 0, complaint: "" });

    const groups = Number(/^(\d+) groups/.exec(lines.at(-1) ?? "")?.[1]);
    expect(groups).toBeGreaterThan(5);
    const files = (await readdir(folder.file("chats"))).filter((name) => name.endsWith(".jsonl"));
    expect(files).toHaveLength(groups);
    expect(new Set(lines.slice(0, -1).map((line) => line.split(":")[0]))).toEqual(new Set(HOSTS));
    const entries = sandbox.log.slice(before);
    expect(new Set(entries.map(({ session }) => session)).size).toBeGreaterThan(HOSTS.length);
    // 8 at once and 4 a second, in every window.
    const arrivals = entries.map(({ at }) => at);
    expect(excess(arrivals, ON_ITS_WAY)).toBeLessThanOrEqual(0);
  });
});
