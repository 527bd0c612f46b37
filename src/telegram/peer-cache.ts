import { isGuardError } from "../errors.js";
import type { StateStore } from "../stores/store.js";
import type { Peer } from "./peer.js";

interface PeerRecord {
  readonly v: 1;
  readonly peer: Peer;
}

/** Whose a `@name` was when it was last asked for. */
interface NameRecord {
  readonly v: 1;
  readonly id: number;
  readonly at: number;
}

/** When all dialogs were last read. */
interface ListRecord {
  readonly v: 1;
  readonly at: number;
}

export interface KnownName {
  readonly id: number;
  /** False when it is time to ask again. */
  readonly fresh: boolean;
}

/** Names may change hands; what was asked for within a day is taken as it was. */
const FRESH_MS = 86_400_000;

const isFresh = (at: number, now: number): boolean => now >= at && now - at < FRESH_MS;

/**
 * The chats of an account in the store, so that a restart need not resolve them again: what was named by a caller, and
 * all dialogs. Members and authors that merely pass by are not kept.
 *
 * It only saves requests: while the store does not answer, nothing is known and nothing is kept.
 */
export class PeerCache {
  readonly #store: StateStore;
  readonly #account: () => string;

  constructor(store: StateStore, account: () => string) {
    this.#store = store;
    this.#account = account;
  }

  byId(id: number): Promise<Peer | undefined> {
    return orNothing(
      this.#store.update<PeerRecord, Peer | undefined>(this.#key("peer", id), (current) => ({
        next: current,
        result: current?.peer,
      })),
    );
  }

  /** All that are kept whose title is this one, ignoring case. */
  async titled(title: string): Promise<readonly Peer[]> {
    return (await orNothing(this.#titled(title.toLowerCase()))) ?? [];
  }

  async #titled(wanted: string): Promise<readonly Peer[]> {
    const found: Peer[] = [];
    for await (const [, record] of this.#store.entries<PeerRecord>(this.#key("peer", ""))) {
      if (record.peer.title.toLowerCase() === wanted) found.push(record.peer);
    }
    return found;
  }

  nameOf(username: string): Promise<KnownName | undefined> {
    return orNothing(
      this.#store.update<NameRecord, KnownName | undefined>(this.#nameKey(username), (current, now) => ({
        next: current,
        result: current && { id: current.id, fresh: isFresh(current.at, now) },
      })),
    );
  }

  /** Whether all dialogs were read lately, so that a title that is not among them need not be looked for. */
  async hasAllDialogs(): Promise<boolean> {
    const key = this.#key("dialogs", "all");
    const known = await orNothing(
      this.#store.update<ListRecord, boolean>(key, (current, now) => ({
        next: current,
        result: current !== undefined && isFresh(current.at, now),
      })),
    );
    return known ?? false;
  }

  async keep(peers: readonly Peer[]): Promise<void> {
    const writes = peers.map((peer) =>
      this.#store.update<PeerRecord, undefined>(this.#key("peer", peer.id), (current) => ({
        next: current !== undefined && same(current.peer, peer) ? current : { v: 1, peer },
        result: undefined,
      })),
    );
    await orNothing(Promise.all(writes));
  }

  async keepName(username: string, id: number): Promise<void> {
    await orNothing(
      this.#store.update<NameRecord, undefined>(this.#nameKey(username), (_, now) => ({
        next: { v: 1, id, at: now },
        result: undefined,
      })),
    );
  }

  async allDialogsRead(): Promise<void> {
    await orNothing(
      this.#store.update<ListRecord, undefined>(this.#key("dialogs", "all"), (_, now) => ({
        next: { v: 1, at: now },
        result: undefined,
      })),
    );
  }

  #nameKey(username: string): string {
    return this.#key("name", username.toLowerCase());
  }

  #key(kind: "peer" | "name" | "dialogs", what: string | number): string {
    return `${kind}:${this.#account()}:${what}`;
  }
}

const same = (a: Peer, b: Peer): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Peer>;
  return [...names].every((name) => a[name] === b[name]);
};

/** A cache that cannot be read is empty; whoever must have the store hears of it from the guards. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isGuardError(error, "store_unavailable") || isGuardError(error, "state_lost")) return undefined;
    throw error;
  }
}
