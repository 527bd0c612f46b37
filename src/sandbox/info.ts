import type { AuthKey } from "./mtproto/auth-key.js";
import type { ChatInfo, World } from "./world/world.js";
import { LAYER } from "./tl/schema.js";

/** What a client needs to know to use a sandbox. `tg-guarded sandbox` prints it as one line of JSON. */
export interface SandboxInfo {
  readonly host: string;
  readonly port: number;
  readonly dcId: number;
  readonly dcs: readonly { readonly id: number; readonly host: string; readonly port: number }[];
  readonly layer: number;
  /** PKCS#1, fresh at each start. */
  readonly publicKeyPem: string;
  readonly apiId: number;
  readonly apiHash: string;
  readonly accounts: readonly AccountInfo[];
  readonly chats: readonly ChatInfo[];
}

export interface AccountInfo {
  readonly id: number;
  readonly username?: string;
  readonly phone: string;
  readonly code: string;
  readonly password?: string;
  /** A session string of GramJS, already logged in. */
  readonly session: string;
}

/** Any pair is accepted; clients insist on having one. */
const API_ID = 1000;
const API_HASH = "0123456789abcdef0123456789abcdef";

/** Clients keep Telegram's usual port in their sessions and are told the real one by other means. */
const SESSION_PORT = 443;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly dcId: number;
}

export function describeSandbox(
  place: Place,
  publicKeyPem: string,
  world: World,
  keys: ReadonlyMap<number, AuthKey>,
): SandboxInfo {
  const { host, port, dcId } = place;
  const accounts = world.accounts.flatMap(({ id, username, phone, code, password }) => {
    const key = keys.get(id);
    if (key === undefined) return [];
    const optional = {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    };
    return [{ id, phone, code, ...optional, session: sessionString(place, key) }];
  });
  const dcs = [{ id: dcId, host, port }];
  const api = { apiId: API_ID, apiHash: API_HASH };
  return { host, port, dcId, dcs, layer: LAYER, publicKeyPem, ...api, accounts, chats: world.chats() };
}

/** GramJS's own format: "1" and base64 of data centre, length of the address, address, port and key. */
function sessionString({ host, dcId }: Place, key: AuthKey): string {
  const address = Buffer.from(host);
  const head = Buffer.alloc(3);
  head.writeUInt8(dcId, 0);
  head.writeInt16BE(address.length, 1);
  const port = Buffer.alloc(2);
  port.writeInt16BE(SESSION_PORT);
  return `1${Buffer.concat([head, address, port, key.bytes]).toString("base64")}`;
}
