import { Api, type TelegramClient } from "telegram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox, type SandboxInfo } from "tg-guarded/testing";
import { gramJsClient } from "./gramjs-client.js";
import { ask, atHome, codeHash, MIRA, outcome, sendCode, stranger, TOMAS } from "./login-desk.js";
import { keyOf, RawClient } from "./raw-client.js";

const at = (info: SandboxInfo, dc: number): SandboxInfo => ({ ...info, ...info.dcs.find(({ id }) => id === dc) });

describe("several data centres", () => {
  let sandbox: Sandbox;
  const open: { close: () => void }[] = [];
  const kept = <C extends { close: () => void }>(client: C): C => {
    open.push(client);
    return client;
  };

  beforeEach(async () => {
    sandbox = await startSandbox({ dcs: 3 });
  });

  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  it("are told to clients, each with its own name for itself", async () => {
    const { info } = sandbox;
    expect(info.dcs.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(new Set(info.dcs.map(({ port }) => port)).size).toBe(3);
    expect(info).toMatchObject({ dcId: 2, host: info.dcs[1]?.host, port: info.dcs[1]?.port });
    expect(info.accounts.map(({ dcId }) => dcId)).toEqual([2, 3]);
    for (const account of [0, 1]) {
      const client = kept(await atHome(info, account));
      const { value } = await ask(client, "help.getConfig");
      expect(value["this_dc"]).toBe(info.accounts[account]?.dcId);
      const options = info.dcs.map(({ id, host, port }) => ({ _: "dcOption", id, ip_address: host, port }));
      expect(value["dc_options"]).toEqual(options);
    }
  });

  it("know only the keys that they made themselves", async () => {
    const client = kept(await RawClient.open(at(sandbox.info, 1), { key: keyOf(sandbox.info) }));
    client.send({ _: "help.getConfig" });
    expect((await client.payload()).readInt32LE()).toBe(-404);
  });

  it("send whoever logs in to the one where he lives", async () => {
    const { info } = sandbox;
    const client = kept(await stranger(info));
    expect(await ask(client, "auth.sendCode", sendCode(info, TOMAS))).toMatchObject({ error: "PHONE_MIGRATE_3" });
    expect(await outcome(client, "auth.sendCode", sendCode(info, MIRA))).toBe("ok");
    const atThree = kept(await atHome(info, 1));
    const phone_code_hash = await codeHash(atThree, info, TOMAS);
    const fields = { phone_number: TOMAS, phone_code_hash, phone_code: "22222" };
    expect(await outcome(client, "auth.signIn", fields)).toBe("USER_MIGRATE_3");
  });

  it("take over a login that another one has exported, once, for files alone", async () => {
    const { info, world } = sandbox;
    const client = kept(await atHome(info, 0));
    const atThree = kept(await atHome(info, 1));
    await ask(atThree, "auth.logOut");
    expect(await outcome(client, "auth.exportAuthorization", { dc_id: 2 })).toBe("DC_ID_INVALID");
    expect(await outcome(client, "auth.exportAuthorization", { dc_id: 9 })).toBe("DC_ID_INVALID");
    const pass = async () => (await ask(client, "auth.exportAuthorization", { dc_id: 3 })).value;
    const elsewhere = (await ask(client, "auth.exportAuthorization", { dc_id: 1 })).value;
    const { id, bytes } = await pass();
    expect(await outcome(atThree, "auth.importAuthorization", elsewhere)).toBe("AUTH_BYTES_INVALID");
    expect(await outcome(atThree, "auth.importAuthorization", { id: 1n, bytes })).toBe("USER_ID_INVALID");
    const fresh = await pass();
    const imported = await ask(atThree, "auth.importAuthorization", fresh);
    expect(imported.value).toMatchObject({ user: { id } });
    expect(await outcome(atThree, "auth.importAuthorization", fresh)).toBe("AUTH_BYTES_INVALID");
    expect(await outcome(atThree, "updates.getState")).toBe("USER_MIGRATE_2");
    expect(world.devices("mira_halvorsen")).toHaveLength(1);
    await ask(client, "auth.logOut");
    const location = { _: "inputDocumentFileLocation", id: 1n, access_hash: 1n, file_reference: Buffer.alloc(1) };
    const part = { location: { ...location, thumb_size: "" }, offset: 0n, limit: 4096 };
    expect(await outcome(atThree, "upload.getFile", part)).toBe("AUTH_KEY_UNREGISTERED");
  });

  it("hand out the files that lie there", async () => {
    const { info, world } = sandbox;
    const photo = [...world.chat("@tidewater_lab").messages()].find(({ media }) => media?.kind === "photo");
    const client = kept(await atHome(info, 0));
    const resolved = await ask(client, "contacts.resolveUsername", { username: "tidewater_lab" });
    const [chat] = resolved.value["chats"] as readonly { id: bigint; access_hash: bigint }[];
    const channel = { _: "inputChannel", channel_id: chat?.id, access_hash: chat?.access_hash };
    const asked = { channel, id: [{ _: "inputMessageID", id: photo?.id }] };
    const location = async () => {
      const { value } = await ask(client, "channels.getMessages", asked);
      const [message] = value["messages"] as readonly { media?: { photo: Record<string, unknown> } }[];
      const { id, access_hash, file_reference, dc_id } = message?.media?.photo ?? {};
      return [dc_id, { _: "inputPhotoFileLocation", id, access_hash, file_reference, thumb_size: "x" }] as const;
    };
    const fetched = async () => {
      const [dc, place] = await location();
      return [dc, await outcome(client, "upload.getFile", { location: place, offset: 0n, limit: 4096 })];
    };
    expect(await fetched()).toEqual([2, "ok"]);
    world.moveFiles(3);
    expect(await fetched()).toEqual([3, "FILE_MIGRATE_3"]);
    expect(() => {
      world.moveFiles(7);
    }).toThrow("there is no data centre 7");
  });

  it("are as many as Telegram has, at most", async () => {
    for (const dcs of [0, 6, 1.5]) await expect(startSandbox({ dcs })).rejects.toThrow(RangeError);
  });

  describe("for GramJS", () => {
    let client: TelegramClient | undefined;
    afterEach(() => client?.destroy());

    it("lead to the account's home while it logs in", async () => {
      const { info } = sandbox;
      client = gramJsClient(info, "", { dcId: 1, requestRetries: 2 });
      await client.connect();
      await client.start({
        phoneNumber: TOMAS,
        phoneCode: () => Promise.resolve("22222"),
        password: () => Promise.resolve("lighthouse"),
        onError: (error) => {
          throw error;
        },
      });
      expect(client.session.dcId).toBe(3);
      expect(Number((await client.getMe()).id)).toBe(info.accounts[1]?.id);
      expect(sandbox.log.map(({ outcome }) => outcome)).toContain("PHONE_MIGRATE_3");
    });

    it("can be far away: NETWORK_MIGRATE", async () => {
      client = gramJsClient(sandbox.info, "", { requestRetries: 2 });
      await client.connect();
      sandbox.faults.add({ method: "help.getNearestDc", nth: 1, error: "NETWORK_MIGRATE_1" });
      const nearest = await client.invoke(new Api.help.GetNearestDc());
      expect(nearest).toMatchObject({ thisDc: 1, nearestDc: 2 });
    });

    it("take over its login when it asks there for a file", async () => {
      client = gramJsClient(sandbox.info, sandbox.info.accounts[0]?.session ?? "");
      await client.connect();
      sandbox.world.moveFiles(3);
      const [message] = await client.getMessages("@tidewater_lab", {
        limit: 1,
        filter: new Api.InputMessagesFilterPhotos(),
      });
      const bytes = await message?.downloadMedia();
      expect(bytes?.length).toBeGreaterThan(1000);
      expect(sandbox.log.map(({ method }) => method)).toContain("auth.importAuthorization");
    });
  });
});
