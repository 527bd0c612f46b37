import { randomBytes } from "node:crypto";
import type { Account } from "../world/world.js";
import { sha1 } from "./hashes.js";
import type { Session } from "./session.js";

export const AUTH_KEY_BYTES = 256;

/** Reconnecting clients make a new session each time: the oldest of those without a connection is dropped. */
const MAX_SESSIONS = 64;

export const randomLong = (): bigint => randomBytes(8).readBigInt64LE();

/** An authorization key and all that the server knows about its holder. */
export class AuthKey {
  /** The last 8 bytes of the key's SHA1: core.telegram.org/mtproto/description#auth-key-id */
  readonly id: bigint;
  /** The first 8 bytes of the key's SHA1. */
  readonly auxHash: Buffer;
  readonly sessions = new Map<bigint, Session>();
  /** Set by a login, or at once for a key that the sandbox handed out itself. */
  account: Account | undefined;
  /** Whether initConnection ever came with this key. */
  initialized = false;

  constructor(
    readonly bytes: Buffer,
    public salt: bigint,
    account?: Account,
  ) {
    const hash = sha1(bytes);
    this.id = hash.readBigInt64LE(12);
    this.auxHash = hash.subarray(0, 8);
    this.account = account;
  }

  session(id: bigint, make: () => Session): Session {
    const known = this.sessions.get(id);
    if (known !== undefined) return known;
    if (this.sessions.size >= MAX_SESSIONS) this.forgetOldest();
    const made = make();
    this.sessions.set(id, made);
    return made;
  }

  private forgetOldest(): void {
    for (const [id, session] of this.sessions) {
      if (session.connection !== undefined) continue;
      this.sessions.delete(id);
      return;
    }
  }
}

/** A key that exists from the start, for a client that shall need no handshake. */
export function provisionKey(account: Account): AuthKey {
  const bytes = randomBytes(AUTH_KEY_BYTES);
  // Clients that read the key as a number would lose a leading zero.
  bytes[0] = (bytes[0] ?? 0) | 1;
  return new AuthKey(bytes, randomLong(), account);
}
