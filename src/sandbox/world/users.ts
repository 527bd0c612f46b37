import type { Photo } from "./media.js";

/** When somebody was last seen: a moment (seconds), or the vague word that privacy settings leave. */
export type Presence = "online" | "recently" | "last-week" | "last-month" | { readonly lastSeen: number };

export interface User {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
  readonly phone?: string | undefined;
  readonly about?: string | undefined;
  readonly bot?: boolean | undefined;
  readonly verified?: boolean | undefined;
  readonly premium?: boolean | undefined;
  readonly support?: boolean | undefined;
  readonly deleted?: boolean | undefined;
  readonly presence?: Presence | undefined;
  /** His pictures, the one that is shown first. */
  readonly photos?: readonly Photo[] | undefined;
  /** What a bot can be told to do, where it has not said anything else itself. */
  readonly commands?: readonly { readonly command: string; readonly description: string }[] | undefined;
  /** A bot without privacy mode: it reads everything in its groups. */
  readonly readsAll?: boolean | undefined;
  /** A bot that can be asked in any chat, and what clients show in the empty input field. */
  readonly inlinePlaceholder?: string | undefined;
}

/** Gives users that exist only when asked for. */
export interface UserSource {
  byId(id: number): User | undefined;
  byUsername(name: string): User | undefined;
}

export class Users {
  readonly #known = new Map<number, User>();
  readonly #sources: UserSource[] = [];
  #version = 0;

  /** Grows whenever somebody is called something else. */
  get version(): number {
    return this.#version;
  }

  add(user: User): User {
    const before = this.get(user.id);
    if (!before || fullName(before) !== fullName(user) || before.username !== user.username) this.#version += 1;
    this.#known.set(user.id, user);
    return user;
  }

  addSource(source: UserSource): void {
    this.#sources.push(source);
  }

  get(id: number): User | undefined {
    return this.#known.get(id) ?? first(this.#sources, (source) => source.byId(id));
  }

  /** @param phone digits only */
  byPhone(phone: string): User | undefined {
    for (const user of this.#known.values()) if (user.phone === phone && !user.deleted) return user;
    return undefined;
  }

  byUsername(name: string): User | undefined {
    const wanted = name.toLowerCase();
    for (const user of this.#known.values()) if (user.username?.toLowerCase() === wanted) return user;
    return first(this.#sources, (source) => source.byUsername(wanted));
  }

  /** The users that were added one by one. */
  known(): IterableIterator<User> {
    return this.#known.values();
  }
}

function first<S, T>(sources: readonly S[], ask: (source: S) => T | undefined): T | undefined {
  for (const source of sources) {
    const found = ask(source);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const fullName = (user: User): string =>
  user.lastName === undefined ? user.firstName : `${user.firstName} ${user.lastName}`;
