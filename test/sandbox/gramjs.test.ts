import { Api, type TelegramClient } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { gramJsClient } from "./gramjs-client.js";

describe("GramJS against the sandbox", () => {
  let sandbox: Sandbox;
  let client: TelegramClient | undefined;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: { generated: { messages: 500, participants: 20 } } });
  });

  afterEach(async () => {
    await client?.destroy();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  it("makes a key by the handshake and asks for the configuration", async () => {
    client = gramJsClient(sandbox.info, "");
    await client.connect();
    const config = await client.invoke(new Api.help.GetConfig());
    expect(config.thisDc).toBe(sandbox.info.dcId);
    await expect(client.invoke(new Api.updates.GetState())).rejects.toThrow("AUTH_KEY_UNREGISTERED");
  });

  it("uses a provisioned session without a handshake", async () => {
    const [account] = sandbox.info.accounts;
    client = gramJsClient(sandbox.info, account?.session ?? "");
    await client.connect();
    await client.invoke(new Api.help.GetConfig());
    const me = await client.getMe();
    expect(Number(me.id)).toBe(account?.id);
    expect(sandbox.log[0]).toMatchObject({
      account: account?.id,
      method: "help.getConfig",
      wrappers: ["invokeWithLayer", "initConnection"],
      outcome: "ok",
    });
  });
});
