import { roll } from "../dice.js";
import { withDetected } from "../entities.js";
import type { Document, Photo } from "../media.js";
import type { Message } from "../message.js";
import { paper, patternBytes } from "../paper.js";
import { userPeer } from "../peer.js";
import { picture } from "../picture.js";
import type { People } from "./people.js";
import { sentence } from "./talk.js";

const FIRST_FILE = 6_000_000_000_000_000n;
/** Pictures there are; messages share them. */
const PICTURES = 16;

/** Makes message k of the generated group from the seed and k alone. */
export class Talk {
  readonly #pictures: readonly Photo[];

  constructor(
    readonly people: People,
    readonly seed: number,
    readonly end: number,
    readonly secondsApart: number,
    readonly count: number,
  ) {
    this.#pictures = Array.from({ length: PICTURES }, (_, n) => picture(FIRST_FILE + BigInt(n), end, seed + n));
  }

  message(id: number): Message {
    const date = this.dateOf(id);
    if (id === 1) return this.#founding(date);
    const text = sentence(this.seed, id);
    const from = userPeer(this.people.idOf(roll(this.seed, id, 1) % this.people.count));
    const edited = roll(this.seed, id, 2) % 40 === 0;
    return {
      id,
      date,
      from,
      text,
      entities: withDetected(text),
      replyTo: roll(this.seed, id, 3) % 8 === 0 ? Math.max(2, id - 1 - (roll(this.seed, id, 4) % 20)) : undefined,
      media: this.#mediaOf(id, date),
      editDate: edited ? date + 60 : undefined,
    };
  }

  /** Later for every message, never quite regular. */
  dateOf(id: number): number {
    const slack = roll(this.seed, id, 5) % Math.max(1, this.secondsApart);
    return this.end - (this.count - id + 1) * this.secondsApart + slack;
  }

  file(id: bigint): Photo | Document | undefined {
    const number = Number(id - FIRST_FILE);
    if (number < 0) return undefined;
    return number < PICTURES ? this.#pictures[number] : this.#paperOf(number - PICTURES);
  }

  #mediaOf(id: number, date: number): Photo | Document | undefined {
    const kind = roll(this.seed, id, 6) % 60;
    if (kind === 0) return this.#pictures[roll(this.seed, id, 7) % PICTURES];
    return kind === 1 && date > 0 ? this.#paperOf(id) : undefined;
  }

  #paperOf(id: number): Document | undefined {
    if (id < 2 || id > this.count || roll(this.seed, id, 6) % 60 !== 1) return undefined;
    const bytes = patternBytes(this.seed + id, 1_000 + (roll(this.seed, id, 8) % 200_000));
    return paper(FIRST_FILE + BigInt(PICTURES + id), this.dateOf(id), `minutes-${id}.pdf`, bytes);
  }

  #founding(date: number): Message {
    const action = { _: "messageActionChannelCreate", title: "Generated" } as const;
    return { id: 1, date, from: userPeer(this.people.idOf(0)), text: "", action };
  }
}
