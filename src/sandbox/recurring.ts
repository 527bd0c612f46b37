/** Numbers push one another out of as many places. */
const PLACES = 8192;

/**
 * Tells what comes again from what only passes by, so that reading a long history once leaves nothing behind: whatever
 * is kept for a while and then dropped costs the collector most.
 */
export class Recurring {
  private readonly last = new Float64Array(PLACES).fill(-1);

  /** Whether the number came lately. It has come now. @param number a whole number from 0 */
  has(number: number): boolean {
    const place = number % PLACES;
    const isKnown = this.last[place] === number;
    this.last[place] = number;
    return isKnown;
  }
}
