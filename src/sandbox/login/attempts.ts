/** Counts attempts at one thing, so many of which are allowed in a while. */
export class Attempts {
  readonly #made = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly perSeconds: number,
  ) {}

  /** How many seconds are left until one more is allowed; 0 when it is allowed now. @param now milliseconds */
  waitSeconds(subject: string, now: number): number {
    const windowMs = this.perSeconds * 1000;
    const recent = (this.#made.get(subject) ?? []).filter((at) => at > now - windowMs);
    const blocking = recent[recent.length - this.most];
    return blocking === undefined ? 0 : Math.max(1, Math.ceil((blocking + windowMs - now) / 1000));
  }

  count(subject: string, now: number): void {
    const made = this.#made.get(subject) ?? [];
    this.#made.set(subject, [...made, now].slice(-this.most));
  }
}
