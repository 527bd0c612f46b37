import type { SandboxInfo } from "tg-guarded/testing";
import type { TlObject } from "../../src/sandbox/tl/codec.js";
import { RawClient } from "./raw-client.js";

export const MIRA = "+999 662 1234";
export const TOMAS = "+999 662 5678";

type Fields = Readonly<Record<string, unknown>>;

export const made = (name: string, fields: Fields = {}): TlObject & Fields => ({ ...fields, _: name });

/** What a request came to: the answer's fields, or the error's name under `error`. */
export interface Answer {
  readonly error: unknown;
  readonly value: Fields;
}

export async function ask(client: RawClient, name: string, fields: Fields = {}): Promise<Answer> {
  const { value, error } = await client.request(made(name, fields));
  return { error, value: (value ?? {}) as Fields };
}

/** The name of the error, or `ok`. */
export async function outcome(client: RawClient, name: string, fields: Fields = {}): Promise<unknown> {
  return (await ask(client, name, fields)).error ?? "ok";
}

/** A client whose key nobody is logged in with: a provisioned one that has logged out. */
export async function stranger(info: SandboxInfo, account = 0): Promise<RawClient> {
  const client = await RawClient.loggedIn(info, account);
  await client.request(made("auth.logOut"));
  return client;
}

/** One more connection with an account's key, to the data centre where it lives. */
export async function atHome(info: SandboxInfo, account: number): Promise<RawClient> {
  const home = info.accounts[account]?.dcId;
  return RawClient.loggedIn({ ...info, ...info.dcs.find(({ id }) => id === home) }, account);
}

export const sendCode = (info: SandboxInfo, phone_number: string, settings: Fields = {}): Fields => ({
  phone_number,
  api_id: info.apiId,
  api_hash: info.apiHash,
  settings: made("codeSettings", settings),
});

/** Asks for a code and returns its hash. */
export async function codeHash(client: RawClient, info: SandboxInfo, phone: string): Promise<string> {
  const { value } = await ask(client, "auth.sendCode", sendCode(info, phone));
  return String(value["phone_code_hash"]);
}
