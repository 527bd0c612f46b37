/** What Telegram's search for members looks at: the words of a name, and the `@name`. */
export interface SearchedName {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
}

const wordsOf = ({ firstName = "", lastName = "" }: SearchedName): string[] =>
  `${firstName} ${lastName}`.toLowerCase().split(/\s+/).filter(Boolean);

/** Searched for even where no known name begins so: what is missing may be what nobody has seen yet. */
const LATIN = Array.from("abcdefghijklmnopqrstuvwxyz0123456789_");

/** Longer beginnings than this are not searched for. */
const LONGEST = 16;
/** More words than this are not searched for. */
const MOST_WORDS = 3000;

/**
 * What to search for, so that members come to light whom no list shows. They bear the names that the others bear: the
 * words of known names come first, the most frequent before the rest, then beginnings of any.
 */
export class NameSearches {
  readonly #words = new Map<string, number>();
  /** The letters that follow each beginning. */
  readonly #after = new Map<string, Set<string>>();
  /** First letters of what else stands in a name with that word. */
  readonly #beside = new Map<string, Set<string>>();

  learn(name: SearchedName): void {
    const words = wordsOf(name);
    for (const word of words) {
      this.#words.set(word, (this.#words.get(word) ?? 0) + 1);
      this.#learnLetters(word);
      for (const other of words) if (other !== word) add(this.#beside, word, first(other));
    }
    if (name.username !== undefined) this.#learnLetters(name.username.toLowerCase());
  }

  #learnLetters(word: string): void {
    let prefix = "";
    for (const letter of Array.from(word).slice(0, LONGEST)) {
      add(this.#after, prefix, letter);
      prefix += letter;
    }
  }

  first(): string[] {
    const shared = [...this.#words].filter(([, count]) => count > 1).sort(byCount);
    const letters = new Set([...(this.#after.get("") ?? []), ...LATIN]);
    return [...shared.slice(0, MOST_WORDS).map(([word]) => word), ...[...letters].sort()];
  }

  /** What to search for when a search found as many as Telegram ever tells: there may be more. */
  longer(query: string): string[] {
    if (query.includes(" ")) return [];
    const beside = [...(this.#beside.get(query) ?? [])].sort().map((letter) => `${query} ${letter}`);
    const after = Array.from(query).length < LONGEST ? [...(this.#after.get(query) ?? [])] : [];
    return [...beside, ...after.sort().map((letter) => query + letter)];
  }
}

/** The most frequent first; of equal ones in the order of their letters, so that it is the same each time. */
const byCount = ([a, many]: readonly [string, number], [b, few]: readonly [string, number]): number =>
  few - many || (a < b ? -1 : 1);

/** A pair of surrogates is one letter. */
const first = (word: string): string => Array.from(word).slice(0, 1).join("");

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key) ?? new Set();
  map.set(key, values.add(value));
}
