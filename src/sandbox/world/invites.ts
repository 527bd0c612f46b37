import { peerKey, samePeer, type Peer } from "./peer.js";

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
  readonly title?: string | undefined;
  /** When it was made. */
  readonly date?: number | undefined;
  readonly revoked?: boolean | undefined;
  /** The one that every admin has without asking for it. */
  readonly permanent?: boolean | undefined;
}

/** Somebody who came by a link, or wants to. */
export interface Guest {
  readonly userId: number;
  /** Seconds of Unix time. */
  readonly date: number;
  /** The link; none for who asked to join a public group. */
  readonly hash?: string | undefined;
  readonly approvedBy?: number | undefined;
}

/** The invite links of a world. */
export class Invites {
  readonly #invites = new Map<string, Invite>();
  readonly #uses = new Map<string, number>();
  readonly #came: Guest[] = [];
  readonly #waiting = new Map<string, readonly Guest[]>();
  #made = 0;

  add(invite: Invite): Invite {
    this.#invites.set(invite.hash, invite);
    return invite;
  }

  /** A link that is good at this moment (seconds). */
  good(hash: string, now: number): Invite | undefined {
    const invite = this.#invites.get(hash);
    if (!invite || invite.revoked) return undefined;
    const { expiresAt = Infinity, usageLimit = Infinity } = invite;
    return expiresAt > now && (this.#uses.get(hash) ?? 0) < usageLimit ? invite : undefined;
  }

  get(hash: string): Invite | undefined {
    return this.#invites.get(hash);
  }

  /** Those of a chat, the last one made first. */
  of(peer: Peer): readonly Invite[] {
    return [...this.#invites.values()].filter((one) => samePeer(one.peer, peer)).reverse();
  }

  remove(hash: string): void {
    this.#invites.delete(hash);
  }

  /** The chat is no more: nobody comes by its links, and nobody waits. */
  removeAll(peer: Peer): void {
    for (const { hash } of this.of(peer)) this.remove(hash);
    this.#waiting.delete(peerKey(peer));
  }

  usesOf(hash: string): number {
    return this.#uses.get(hash) ?? 0;
  }

  use(hash: string, guest: Guest): void {
    this.#uses.set(hash, this.usesOf(hash) + 1);
    this.#came.push({ ...guest, hash });
  }

  /** Who came by a link, the last one first. */
  cameBy(hash: string): readonly Guest[] {
    return this.#came.filter((one) => one.hash === hash).reverse();
  }

  /** Somebody waits to be let in. */
  ask(peer: Peer, guest: Guest): void {
    const waiting = this.waitingFor(peer).filter(({ userId }) => userId !== guest.userId);
    this.#waiting.set(peerKey(peer), [guest, ...waiting]);
  }

  /** Who waits to be let in, the last one first. */
  waitingFor(peer: Peer): readonly Guest[] {
    return this.#waiting.get(peerKey(peer)) ?? [];
  }

  /** Somebody no longer waits. Returns his request, if there was one. */
  settle(peer: Peer, userId: number): Guest | undefined {
    const waiting = this.waitingFor(peer);
    this.#waiting.set(
      peerKey(peer),
      waiting.filter((one) => one.userId !== userId),
    );
    return waiting.find((one) => one.userId === userId);
  }

  /** A hash of the form that Telegram gives out, the same at each start. */
  nextHash(): string {
    this.#made += 1;
    return `Sandbox${String(this.#made).padStart(9, "0")}`;
  }
}
