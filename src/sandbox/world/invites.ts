import type { Peer } from "./peer.js";

/** A link by which one can join a group or channel (core.telegram.org/api/invites). */
export interface Invite {
  readonly hash: string;
  readonly peer: Peer;
  /** Who made it. */
  readonly by: number;
  /** Seconds of Unix time. */
  readonly expiresAt?: number | undefined;
  readonly usageLimit?: number | undefined;
  /** An admin has to approve whoever comes by it. */
  readonly requestNeeded?: boolean | undefined;
}

/** The invite links of a world. */
export class Invites {
  readonly #invites = new Map<string, Invite>();
  readonly #uses = new Map<string, number>();

  add(invite: Invite): Invite {
    this.#invites.set(invite.hash, invite);
    return invite;
  }

  /** A link that is good at this moment (seconds). */
  good(hash: string, now: number): Invite | undefined {
    const invite = this.#invites.get(hash);
    if (!invite) return undefined;
    const { expiresAt = Infinity, usageLimit = Infinity } = invite;
    return expiresAt > now && (this.#uses.get(hash) ?? 0) < usageLimit ? invite : undefined;
  }

  use(hash: string): void {
    this.#uses.set(hash, (this.#uses.get(hash) ?? 0) + 1);
  }

  /** A hash of the form that Telegram gives out, the same at each start. */
  nextHash(): string {
    return `Sandbox${String(this.#invites.size + 1).padStart(9, "0")}`;
  }
}
