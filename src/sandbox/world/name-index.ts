import { eachMember, type Members } from "./members.js";
import { fullName, type User } from "./users.js";
import type { World } from "./world.js";

/** One word of a member's name or username. */
interface Entry {
  readonly word: string;
  readonly place: number;
  readonly userId: number;
}

/** The words of all names in a member list in their order, so that a search through many members reads only what matches. */
class NameIndex {
  readonly #entries: Entry[] = [];

  constructor(
    world: World,
    readonly members: Members,
    readonly version: number,
  ) {
    let place = 0;
    for (const { userId } of eachMember(members)) {
      const user = world.users.get(userId);
      for (const word of user ? wordsOf(user) : []) this.#entries.push({ word, place, userId });
      place += 1;
    }
    this.#entries.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : a.place - b.place));
  }

  /** Everybody with a word that begins so, in the order of the member list. */
  beginning(prefix: string): readonly number[] {
    const found = new Map<number, number>();
    for (let at = this.#firstFrom(prefix); at < this.#entries.length; at++) {
      const entry = this.#entries[at];
      if (!entry?.word.startsWith(prefix)) break;
      found.set(entry.userId, entry.place);
    }
    return [...found].sort(([, a], [, b]) => a - b).map(([userId]) => userId);
  }

  #firstFrom(prefix: string): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.word ?? "") < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const split = (text: string): string[] => text.toLowerCase().split(/\s+/u).filter(Boolean);

export function wordsOf(user: User): readonly string[] {
  const words = split(fullName(user));
  return user.username === undefined ? words : [...words, user.username.toLowerCase()];
}

const indexes = new WeakMap<Members, NameIndex>();

/**
 * Who answers to a text: every word of it begins a word of the name, or the username. In the order of the member list.
 */
export function membersNamed(world: World, members: Members, text: string): readonly number[] {
  const [first, ...others] = split(text.replace(/^\s*@/, ""));
  if (first === undefined) return [];
  let index = indexes.get(members);
  // Both only grow.
  const version = members.version + world.users.version;
  if (index?.version !== version) indexes.set(members, (index = new NameIndex(world, members, version)));
  return index.beginning(first).filter((userId) => {
    const user = world.users.get(userId);
    const words = user ? wordsOf(user) : [];
    const answers = others.every((wanted) => words.some((word) => word.startsWith(wanted)));
    return answers && members.get(userId) !== undefined;
  });
}
