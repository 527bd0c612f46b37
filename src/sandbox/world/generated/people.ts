import { Recurring } from "../../recurring.js";
import { pick, roll } from "../dice.js";
import type { Presence, User, UserSource } from "../users.js";
import { SCRIPTS } from "./names.js";

const FIRST_ID = 6_100_000_000;
const KEPT = 4096;
const USERNAME = /^member_(\d+)$/;
const PRESENCES: readonly [Presence, ...Presence[]] = ["recently", "recently", "recently", "last-week", "last-month"];

/** People numbered from 0, each made from his number when asked for. */
export class People implements UserSource {
  /** Those who were asked for again, because what is built from a user is cached by the object. */
  readonly #kept = new Map<number, User>();
  readonly #recurring = new Recurring();

  constructor(
    readonly seed: number,
    readonly count: number,
  ) {}

  idOf(number: number): number {
    return FIRST_ID + number;
  }

  numberOf(id: number): number | undefined {
    const number = id - FIRST_ID;
    return number >= 0 && number < this.count ? number : undefined;
  }

  byId(id: number): User | undefined {
    const number = this.numberOf(id);
    return number === undefined ? undefined : this.#known(number);
  }

  byUsername(name: string): User | undefined {
    const number = Number(USERNAME.exec(name)?.[1] ?? NaN);
    const user = number < this.count ? this.#known(number) : undefined;
    return user?.username === name ? user : undefined;
  }

  #known(number: number): User {
    const known = this.#kept.get(number);
    if (known) return known;
    const user = this.#make(number);
    if (!this.#recurring.has(number)) return user;
    if (this.#kept.size >= KEPT) this.#kept.clear();
    this.#kept.set(number, user);
    return user;
  }

  #name(number: number): Pick<User, "firstName" | "lastName"> {
    const { given, stems, endings } = pick(SCRIPTS, this.seed, number, 2);
    const firstName = pick(given, this.seed, number, 3);
    if (roll(this.seed, number, 4) % 25 === 0)
      return { firstName: `${firstName}-${pick(given, this.seed, number, 5)}` };
    return { firstName, lastName: pick(stems, this.seed, number, 5) + pick(endings, this.seed, number, 9) };
  }

  #make(number: number): User {
    const id = this.idOf(number);
    if (roll(this.seed, number, 1) % 50 === 0) return { id, firstName: "", deleted: true };
    return {
      id,
      ...this.#name(number),
      username: roll(this.seed, number, 6) % 3 === 0 ? `member_${number}` : undefined,
      premium: roll(this.seed, number, 7) % 20 === 0 || undefined,
      presence: pick(PRESENCES, this.seed, number, 8),
    };
  }
}
