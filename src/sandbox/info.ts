import { OWN_API } from "./login/own-api.js";
import type { AuthKey } from "./mtproto/auth-key.js";
import type { ChatInfo, World } from "./world/world.js";
import { LAYER } from "./tl/schema.js";

/** What a client needs to know to use a sandbox. `tg-guarded sandbox` prints it as one line of JSON. */
export interface SandboxInfo {
  readonly host: string;
  readonly port: number;
  /** The main data centre, which `host` and `port` lead to. */
  readonly dcId: number;
  readonly dcs: readonly { readonly id: number; readonly host: string; readonly port: number }[];
  /** Of the TL schema it speaks. */
  readonly layer: number;
  /** PKCS#1, fresh at each start. */
  readonly publicKeyPem: string;
  readonly apiId: number;
  readonly apiHash: string;
  readonly accounts: readonly AccountInfo[];
  readonly chats: readonly ChatInfo[];
}

/** An account of the sandbox, and how to log in to it. */
export interface AccountInfo {
  readonly id: number;
  readonly username?: string;
  /** With the country code, without a plus. */
  readonly phone: string;
  /** The login code. */
  readonly code: string;
  /** Of two-step verification. */
  readonly password?: string;
  /** What the account's owner remembers the password by. */
  readonly hint?: string;
  /** The data centre where the account lives. */
  readonly dcId: number;
  /** A session string of GramJS, already logged in. */
  readonly session: string;
}

/** Clients keep Telegram's usual port in their sessions and are told the real one by other means. */
const SESSION_PORT = 443;

export function describeSandbox(publicKeyPem: string, world: World, keys: ReadonlyMap<number, AuthKey>): SandboxInfo {
  const { dcOptions: dcs, mainDc: dcId } = world;
  const { host = "", port = 0 } = dcs.find(({ id }) => id === dcId) ?? {};
  const accounts = world.accounts.flatMap(({ id, username, phone, code, password, hint }) => {
    const key = keys.get(id);
    if (key === undefined) return [];
    const optional = {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(hint === undefined ? {} : { hint }),
    };
    return [{ id, phone, code, ...optional, dcId: key.dcId, session: sessionString(host, key) }];
  });
  return { host, port, dcId, dcs, layer: LAYER, publicKeyPem, ...OWN_API, accounts, chats: world.chats() };
}

/** GramJS's own format: "1" and base64 of data centre, length of the address, address, port and key. */
function sessionString(host: string, key: AuthKey): string {
  const address = Buffer.from(host);
  const head = Buffer.alloc(3);
  head.writeUInt8(key.dcId, 0);
  head.writeInt16BE(address.length, 1);
  const port = Buffer.alloc(2);
  port.writeInt16BE(SESSION_PORT);
  return `1${Buffer.concat([head, address, port, key.bytes]).toString("base64")}`;
}
