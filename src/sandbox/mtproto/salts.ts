import { randomBytes } from "node:crypto";

/** Telegram changes a key's salt every half hour and takes the one before for as long again. */
const STEP_SECONDS = 1800;
const LIFE_SECONDS = 2 * STEP_SECONDS;
/** As many as get_future_salts may ask for. */
const MOST = 64;

export const randomLong = (): bigint => randomBytes(8).readBigInt64LE();

interface Salt {
  readonly salt: bigint;
  /** Seconds of Unix time. */
  readonly since: number;
}

/** The salts of a key, one after the other: core.telegram.org/mtproto/description#server-salt */
export class Salts {
  private list: Salt[] = [];

  /** @param first holds from when it is first asked about */
  constructor(private first = randomLong()) {}

  /** The one that holds. @param now seconds of Unix time */
  current(now: number): bigint {
    const known = this.known(now);
    return (known.findLast(({ since }) => since <= now) ?? known[0])?.salt ?? this.first;
  }

  accepts(salt: bigint, now: number): boolean {
    if (salt === this.current(now)) return true;
    return this.known(now).some(
      (known) => known.salt === salt && known.since <= now && now < known.since + LIFE_SECONDS,
    );
  }

  /** The one that holds and those that come after it. */
  future(
    count: number,
    now: number,
  ): readonly { readonly salt: bigint; readonly since: number; readonly until: number }[] {
    const wanted = Math.min(Math.max(count, 0), MOST);
    this.known(now);
    const known = this.known(now + wanted * STEP_SECONDS);
    const place = Math.max(
      0,
      known.findLastIndex(({ since }) => since <= now),
    );
    return known.slice(place, place + wanted).map(({ salt, since }) => ({ salt, since, until: since + LIFE_SECONDS }));
  }

  /** From now on another one holds, and none of those before. */
  replace(): void {
    this.first = randomLong();
    this.list = [];
  }

  /** All up to that time. A long pause begins anew: nobody can know what was never told. */
  private known(until: number): readonly Salt[] {
    const begun = this.list.at(-1);
    if (begun === undefined) this.list.push({ salt: this.first, since: until });
    else if (begun.since + MOST * LIFE_SECONDS < until) this.list = [{ salt: randomLong(), since: until }];
    for (let last = this.list.at(-1); last && last.since + STEP_SECONDS <= until; last = this.list.at(-1)) {
      this.list.push({ salt: randomLong(), since: last.since + STEP_SECONDS });
    }
    if (this.list.length > 3 * MOST) this.list = this.list.slice(-2 * MOST);
    return this.list;
  }
}
