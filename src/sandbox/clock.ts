/** The server's clock, which faults may set to another time. */
export class ServerClock {
  private shiftMs = 0;

  constructor(private readonly base: () => number) {}

  /** Milliseconds of Unix time. */
  readonly now = (): number => this.base() + this.shiftMs;

  readonly unixTime = (): number => Math.floor(this.now() / 1000);

  shift(byMs: number): void {
    this.shiftMs += byMs;
  }
}
