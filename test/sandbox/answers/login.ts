import { expect } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { decodeResult } from "../../../src/sandbox/tl/codec.js";
import { rsaPad, shake } from "../handshake-client.js";
import { atHome, MIRA, stranger, TOMAS } from "../login-desk.js";
import { wired, type OnAnswer, type Wired } from "../handlers/wire.js";
import { initialising, keyOf, type RawClient } from "../raw-client.js";
import { binding } from "./binding.js";
import { proofOf } from "./srp-client.js";
import type { Scene } from "./stage.js";

interface Desk extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Who has not logged in yet. */
  readonly anybody: () => Promise<Wired>;
  /** A client of the first account, as the sandbox hands it out. */
  readonly mira: () => Promise<Wired>;
  readonly kept: (client: RawClient) => RawClient;
}

async function openDesk(onAnswer: OnAnswer, dcs = 1): Promise<Desk> {
  const sandbox = await startSandbox({ dcs });
  const clients: RawClient[] = [];
  const kept = (client: RawClient): RawClient => {
    clients.push(client);
    return client;
  };
  const me = sandbox.info.accounts[0]?.id ?? 0;
  return {
    sandbox,
    kept,
    anybody: async () => wired(sandbox, kept(await stranger(sandbox.info)), 0, onAnswer),
    mira: async () => wired(sandbox, kept(await atHome(sandbox.info, 0)), me, onAnswer),
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close();
      await sandbox.close();
      expect(sandbox.problems).toEqual([]);
    },
  };
}

const applicationOf = ({ info }: Sandbox) => ({ api_id: info.apiId, api_hash: info.apiHash });

async function codeFor(who: Wired, sandbox: Sandbox, phone_number: string): Promise<string> {
  const settings = { _: "codeSettings" } as const;
  const sent = await who.ask("auth.sendCode", { phone_number, ...applicationOf(sandbox), settings });
  if (sent._ !== "auth.sentCode") throw new Error(sent._);
  return sent.phone_code_hash;
}

const stranded = "4790000000";

/** By a code; with a password, known or forgotten; as somebody new. */
export const byCode: Scene = async ({ onAnswer }) => {
  await using desk = await openDesk(onAnswer);
  const { sandbox } = desk;
  sandbox.world.changeLogin(TOMAS.replace(/\D/g, ""), { email: "tomas@harbour.example" });
  const who = await desk.anybody();
  const phone_code_hash = await codeFor(who, sandbox, MIRA);
  const mira = { phone_number: MIRA, phone_code_hash };
  expect(await who.ask("auth.resendCode", mira)).toMatchObject({ _: "auth.sentCode", phone_code_hash });
  expect(await who.ask("auth.cancelCode", mira)).toBe(true);
  const again = { phone_number: MIRA, phone_code_hash: await codeFor(who, sandbox, MIRA), phone_code: "22222" };
  expect(await who.ask("auth.signIn", again)).toMatchObject({ _: "auth.authorization", user: { self: true } });
  const fresh = { phone_number: stranded, phone_code_hash: await codeFor(who, sandbox, stranded) };
  const unknown = await who.ask("auth.signIn", { ...fresh, phone_code: "22222" });
  expect(unknown._).toBe("auth.authorizationSignUpRequired");
  const nils = await who.ask("auth.signUp", { ...fresh, first_name: "Nils", last_name: "" });
  expect(nils).toMatchObject({ user: { first_name: "Nils", self: true } });
  const tomas = { phone_number: TOMAS, phone_code_hash: await codeFor(who, sandbox, TOMAS), phone_code: "22222" };
  expect(await who.refused("auth.signIn", tomas)).toBe("SESSION_PASSWORD_NEEDED");
  const proof = proofOf("lighthouse", await who.ask("account.getPassword", {}));
  expect(await who.ask("auth.checkPassword", { password: proof })).toMatchObject({ user: { self: true } });
  const { email_pattern } = await who.ask("auth.requestPasswordRecovery", {});
  expect(email_pattern).toBe("t***s@harbour.example");
  expect(await who.ask("auth.checkRecoveryPassword", { code: "22222" })).toBe(true);
  expect(await who.ask("auth.recoverPassword", { code: "22222" })).toMatchObject({ user: { self: true } });
  expect((await who.ask("account.getPassword", {})).has_password).toBeUndefined();
};

/** By a QR code that another device reads. */
export const byQr: Scene = async ({ onAnswer }) => {
  await using desk = await openDesk(onAnswer);
  const screen = await desk.anybody();
  const wanted = { ...applicationOf(desk.sandbox), except_ids: [] };
  const shown = await screen.ask("auth.exportLoginToken", wanted);
  if (shown._ !== "auth.loginToken") throw new Error(shown._);
  desk.sandbox.world.acceptQr(shown.token, desk.sandbox.info.accounts[0]?.id ?? 0);
  const done = await screen.ask("auth.importLoginToken", { token: shown.token });
  expect(done).toMatchObject({ _: "auth.loginTokenSuccess", authorization: { user: { self: true } } });
};

/** Where an account is logged in, and the way out. */
export const devices: Scene = async ({ onAnswer }) => {
  await using desk = await openDesk(onAnswer);
  const screen = await desk.anybody();
  const wanted = { ...applicationOf(desk.sandbox), except_ids: [] };
  const tomas = wired(desk.sandbox, desk.kept(await atHome(desk.sandbox.info, 1)), 0, onAnswer);
  const shown = await screen.ask("auth.exportLoginToken", wanted);
  const token = shown._ === "auth.loginToken" ? shown.token : Buffer.alloc(0);
  const agreed = await tomas.ask("auth.acceptLoginToken", { token });
  expect(agreed).toMatchObject({ _: "authorization", password_pending: true });
  expect(await screen.refused("auth.importLoginToken", { token })).toBe("SESSION_PASSWORD_NEEDED");
  await screen.ask("auth.checkPassword", {
    password: proofOf("lighthouse", await screen.ask("account.getPassword", {})),
  });
  const list = await tomas.ask("account.getAuthorizations", {});
  expect(list.authorizations.map(({ current }) => current)).toEqual([true, undefined]);
  expect(await tomas.ask("account.resetAuthorization", { hash: list.authorizations[1]?.hash ?? 0n })).toBe(true);
  expect(await screen.refused("updates.getState", {})).toBe("SESSION_REVOKED");
  expect(await tomas.ask("auth.resetAuthorizations", {})).toBe(true);
  expect(await tomas.ask("auth.logOut", {})).toMatchObject({ _: "auth.loggedOut" });
};

/** At another data centre, and by temporary keys. */
export const elsewhere: Scene = async ({ onAnswer }) => {
  await using desk = await openDesk(onAnswer, 2);
  const { info } = desk.sandbox;
  const mira = await desk.mira();
  const { id, bytes } = await mira.ask("auth.exportAuthorization", { dc_id: 1 });
  const raw = desk.kept(await atHome(info, 1));
  const there = wired(desk.sandbox, raw, 0, onAnswer);
  await there.ask("auth.logOut", {});
  expect(await there.ask("auth.importAuthorization", { id, bytes })).toMatchObject({ user: { self: true } });
  expect((await there.ask("help.getConfig", {})).this_dc).toBe(1);
  expect((await there.ask("help.getNearestDc", {})).nearest_dc).toBe(2);
  const { client } = await shake(info, { inner: "p_q_inner_data_temp_dc", pad: rsaPad });
  desk.kept(client);
  await client.request(initialising({ _: "help.getConfig" }));
  const messageId = client.newId();
  const at = { messageId, sessionId: client.sessionId, expires_at: Math.floor(Date.now() / 1000) + 3600 };
  client.send({ _: "auth.bindTempAuthKey", ...binding(keyOf(info), client.key, at) }, messageId);
  const { object } = await client.next("result");
  expect(decodeResult("auth.bindTempAuthKey", object["bytes"] as Uint8Array)).toBe(true);
  onAnswer("auth.bindTempAuthKey");
  // core.telegram.org/api/pfs: what the client told before is lost.
  await client.request(initialising({ _: "help.getConfig" }));
  const bound = wired(desk.sandbox, client, mira.me, onAnswer);
  expect(await bound.ask("updates.getState", {})).toMatchObject({ _: "updates.state" });
  expect(await mira.ask("auth.dropTempAuthKeys", { except_auth_keys: [] })).toBe(true);
  const dropped = await client.request(initialising({ _: "updates.getState" }));
  expect(dropped["error"]).toBe("AUTH_KEY_PERM_EMPTY");
};
