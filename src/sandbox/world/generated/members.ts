import { roll } from "../dice.js";
import { StoredMembers, type Member, type Members } from "../members.js";
import type { People } from "./people.js";

/** How many of the first people look after the group; the very first made it. */
const MANAGERS = 4;

/** The generated people as members, and whoever joins at run time behind them. */
export class GeneratedMembers implements Members {
  readonly #joined = new StoredMembers();
  /** Places of those who are gone, ascending. */
  #gone: number[] = [];

  constructor(
    readonly people: People,
    readonly begin: number,
    readonly span: number,
  ) {}

  get count(): number {
    return this.#remaining + this.#joined.count;
  }

  get version(): number {
    return this.#gone.length + this.#joined.version;
  }

  get #remaining(): number {
    return this.people.count - this.#gone.length;
  }

  get(userId: number): Member | undefined {
    const joined = this.#joined.get(userId);
    if (joined) return joined;
    const number = this.people.numberOf(userId);
    return number === undefined || this.#gone.includes(number) ? undefined : this.#make(number);
  }

  at(place: number): Member | undefined {
    if (place >= this.#remaining) return this.#joined.at(place - this.#remaining);
    let number = place;
    for (const gone of this.#gone) {
      if (gone > number) break;
      number += 1;
    }
    return this.#make(number);
  }

  managers(): readonly Member[] {
    const numbers = Array.from({ length: Math.min(MANAGERS, this.people.count) }, (_, number) => number);
    const first = numbers.filter((number) => !this.#gone.includes(number));
    return [...first.map((number) => this.#make(number)), ...this.#joined.managers()];
  }

  add(member: Member): void {
    this.remove(member.userId);
    this.#joined.add(member);
  }

  remove(userId: number): boolean {
    if (this.#joined.remove(userId)) return true;
    const number = this.people.numberOf(userId);
    if (number === undefined || this.#gone.includes(number)) return false;
    this.#gone = [...this.#gone, number].sort((a, b) => a - b);
    return true;
  }

  #make(number: number): Member {
    const since = this.begin + (roll(this.people.seed, number, 20) % Math.max(1, this.span));
    const role = number === 0 ? "creator" : number < MANAGERS ? "admin" : "member";
    return { userId: this.people.idOf(number), role, since, invitedBy: this.people.idOf(0) };
  }
}
