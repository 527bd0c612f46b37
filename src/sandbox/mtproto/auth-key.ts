import { randomBytes } from "node:crypto";
import type { ClientAbout, Device } from "../login/device.js";
import type { Account } from "../world/account.js";
import { sha1 } from "./hashes.js";
import { KeyLogin } from "./key-login.js";
import { randomLong, Salts } from "./salts.js";
import type { Session } from "./session.js";

const AUTH_KEY_BYTES = 256;

/** Reconnecting clients make a new session each time: the oldest is dropped, first of those without a connection. */
const MAX_SESSIONS = 64;

interface KeyOptions {
  readonly salt?: bigint;
  /** Set for a temporary key: when it ends, in seconds of Unix time. */
  readonly expiresAt?: number | undefined;
}

/** An authorization key and all that the server knows about its holder. It belongs to the data centre that made it. */
export class AuthKey {
  /** The last 8 bytes of the key's SHA1: core.telegram.org/mtproto/description#auth-key-id */
  readonly id: bigint;
  /** The first 8 bytes of the key's SHA1. */
  readonly auxHash: Buffer;
  readonly sessions = new Map<bigint, Session>();
  readonly salts: Salts;
  readonly expiresAt: number | undefined;
  /** What initConnection told, once it came. */
  about: ClientAbout | undefined;
  private login = new KeyLogin();
  private boundTo: AuthKey | undefined;

  constructor(
    readonly bytes: Buffer,
    readonly dcId: number,
    { salt = randomLong(), expiresAt }: KeyOptions = {},
  ) {
    const hash = sha1(bytes);
    this.id = hash.readBigInt64LE(12);
    this.auxHash = hash.subarray(0, 8);
    this.salts = new Salts(salt);
    this.expiresAt = expiresAt;
  }

  get account(): Account | undefined {
    return this.device?.account;
  }

  get device(): Device | undefined {
    return this.login.device;
  }

  set device(device: Device | undefined) {
    this.login.device = device;
  }

  get awaited(): Device | undefined {
    return this.login.awaited;
  }

  set awaited(device: Device | undefined) {
    this.login.awaited = device;
  }

  get ended(): string | undefined {
    return this.login.ended;
  }

  set ended(error: string | undefined) {
    this.login.ended = error;
  }

  get isDuplicated(): boolean {
    return this.login.isDuplicated;
  }

  set isDuplicated(is: boolean) {
    this.login.isDuplicated = is;
  }

  get isTemporary(): boolean {
    return this.expiresAt !== undefined;
  }

  /** The permanent key that a temporary one is bound to. */
  get permanent(): AuthKey | undefined {
    return this.boundTo;
  }

  /** core.telegram.org/api/pfs: a bound key stands for the permanent one, and has to introduce its client anew. */
  bind(permanent: AuthKey | undefined): void {
    this.boundTo = permanent;
    this.login = permanent?.login ?? new KeyLogin();
    this.about = undefined;
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
    const ids = [...this.sessions.keys()];
    const oldest = ids.find((id) => this.sessions.get(id)?.connection === undefined) ?? ids[0];
    if (oldest !== undefined) this.sessions.delete(oldest);
  }
}

/** A key that exists from the start, for a client that shall need no handshake. */
export function provisionKey(dcId: number): AuthKey {
  const bytes = randomBytes(AUTH_KEY_BYTES);
  // Clients that read the key as a number would lose a leading zero.
  bytes[0] = (bytes[0] ?? 0) | 1;
  return new AuthKey(bytes, dcId);
}
