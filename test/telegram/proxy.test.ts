import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { GuardedClient, logIn, memoryStore, Redacted } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { readEnv } from "../../src/env/read-env.js";
import { parseProxy } from "../../src/telegram/proxy.js";
import { socksServer } from "../support/socks-server.js";

const USER = { name: "ada", password: "p@ss:word" };
const url = (port: number, password = USER.password): string =>
  `socks5://${USER.name}:${encodeURIComponent(password)}@127.0.0.1:${port}`;

describe("A SOCKS5 proxy", () => {
  it("carries every connection, with a user where one is needed", async () => {
    await using sandbox = await startSandbox();
    await using plain = await socksServer();
    await using strict = await socksServer(USER);
    for (const proxy of [`socks5://127.0.0.1:${plain.port}`, new Redacted(url(strict.port))]) {
      await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore(), proxy });
      expect((await client.read.me()).username).toBe("mira_halvorsen");
    }
    const there = [`127.0.0.1:${sandbox.info.port}`];
    expect([plain.asked, strict.asked]).toEqual([there, there]);
  });

  it("carries logins, too", async () => {
    await using sandbox = await startSandbox();
    await using server = await socksServer(USER);
    const { apiId, apiHash, server: telegram } = sandbox.clientOptions();
    const [account] = sandbox.info.accounts;
    const prompts = {
      phone: () => Promise.resolve(account?.phone ?? ""),
      code: () => Promise.resolve(account?.code ?? ""),
    };
    await logIn({ apiId, apiHash, server: telegram, proxy: url(server.port), prompts });
    // One new key in 256 is made again over another connection: GramJS cuts off its leading zeros.
    expect(new Set(server.asked)).toEqual(new Set([`127.0.0.1:${sandbox.info.port}`]));
    expect(server.asked.length).toBeLessThanOrEqual(3);
  });

  it("that refuses is told, and the password never", async () => {
    await using sandbox = await startSandbox();
    await using server = await socksServer(USER);
    const options = { ...sandbox.clientOptions(), store: memoryStore(), proxy: url(server.port, "a wrong one") };
    const error: unknown = await GuardedClient.open(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "server_unreachable" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/a wrong one|a%20wrong/);
    expect(sandbox.log).toEqual([]);
  });

  it.each(["http://host:1", "host:1", "socks5://", "socks4://host:1", "socks5://me:100%@host:1"])(
    "is not %s",
    (text) => {
      expect(() => parseProxy(new Redacted(text))).toThrow(expect.objectContaining({ code: "input_invalid" }) as Error);
    },
  );

  it("is read from its address, and from PROXY_URL", () => {
    expect(parseProxy(new Redacted("socks5://proxy.example")).expose()).toEqual({ host: "proxy.example", port: 1080 });
    expect(parseProxy(new Redacted("socks5h://[::1]:9050")).expose()).toEqual({ host: "::1", port: 9050 });
    const env = { TG_API_ID: "1", TG_API_HASH: "h", SESSION_NAME: "work", PROXY_URL: url(1080) };
    const { proxy } = readEnv(env).options;
    expect(proxy instanceof Redacted ? proxy.expose() : proxy).toBe(url(1080));
    expect(inspect(readEnv(env).options, { depth: 9 })).not.toContain("p%40ss");
  });
});
