/** So many requests in any window of so many seconds, for each account. */
export class Budget {
  private readonly taken = new Map<number | null, number[]>();

  constructor(
    private readonly requests: number,
    private readonly perSeconds: number,
  ) {}

  /** Takes one request, or says how many seconds are left until the window allows one again. */
  take(account: number | null, now: number): number | undefined {
    const windowMs = this.perSeconds * 1000;
    const recent = (this.taken.get(account) ?? []).filter((at) => at > now - windowMs);
    this.taken.set(account, recent);
    const blocking = recent[recent.length - this.requests];
    if (blocking !== undefined) return Math.max(1, Math.ceil((blocking + windowMs - now) / 1000));
    recent.push(now);
    return undefined;
  }
}
