import { randomBytes } from "node:crypto";
import type { ClientAbout, Device } from "../login/device.js";
import type { Account } from "../world/account.js";
import { sha1 } from "./hashes.js";
import type { Session } from "./session.js";

export const AUTH_KEY_BYTES = 256;

/** Reconnecting clients make a new session each time: the oldest of those without a connection is dropped. */
const MAX_SESSIONS = 64;

export const randomLong = (): bigint => randomBytes(8).readBigInt64LE();

/** An authorization key and all that the server knows about its holder. It belongs to the data centre that made it. */
export class AuthKey {
  /** The last 8 bytes of the key's SHA1: core.telegram.org/mtproto/description#auth-key-id */
  readonly id: bigint;
  /** The first 8 bytes of the key's SHA1. */
  readonly auxHash: Buffer;
  readonly sessions = new Map<bigint, Session>();
  /** What initConnection told, once it came. */
  about: ClientAbout | undefined;
  /** Set by a login, or at once for a key that the sandbox handed out itself. */
  device: Device | undefined;
  /** The login of somebody who has shown a code and must still give the password. */
  awaited: Device | undefined;
  /** How the login ended: the error that tells it. */
  ended: string | undefined;
  /** The key was seen at two addresses and is good for nothing any more. */
  isDuplicated = false;

  constructor(
    readonly bytes: Buffer,
    public salt: bigint,
    readonly dcId: number,
  ) {
    const hash = sha1(bytes);
    this.id = hash.readBigInt64LE(12);
    this.auxHash = hash.subarray(0, 8);
  }

  get account(): Account | undefined {
    return this.device?.account;
  }

  /** Notes what the client says about itself. */
  introduce(about: ClientAbout): void {
    this.about = about;
    if (this.device) this.device.about = about;
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
export function provisionKey(dcId: number): AuthKey {
  const bytes = randomBytes(AUTH_KEY_BYTES);
  // Clients that read the key as a number would lose a leading zero.
  bytes[0] = (bytes[0] ?? 0) | 1;
  return new AuthKey(bytes, randomLong(), dcId);
}
