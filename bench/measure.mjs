/** The middle of these numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures contestants against each other: in every round each has one turn, and each round begins with another one, so
 * that what else the machine does hits all alike. `turn` gives the number that was measured.
 *
 * @returns for each contestant its median, and the median of its ratios to the first one, round by round
 */
export async function interleaved(contestants, { rounds, warmUp = 1 }) {
  const results = contestants.map(({ name }) => ({ name, numbers: [] }));
  for (let round = -warmUp; round < rounds; round++) {
    for (let i = 0; i < contestants.length; i++) {
      const place = (i + Math.max(0, round)) % contestants.length;
      const number = await contestants[place].turn();
      if (round >= 0) results[place].numbers.push(number);
    }
  }
  const [first] = results;
  return results.map(({ name, numbers }) => ({
    name,
    numbers,
    median: median(numbers),
    ratio: median(numbers.map((number, round) => number / first.numbers[round])),
  }));
}

/** Microseconds a call when `calls` are made one after another. */
export async function oneAtATime(work, calls) {
  const began = performance.now();
  for (let i = 0; i < calls; i++) await work();
  return ((performance.now() - began) / calls) * 1000;
}

/** Calls a second with so many under way at any time, for so long. */
export async function perSecond(work, { inFlight, ms }) {
  const began = performance.now();
  let done = 0;
  const lane = async () => {
    while (performance.now() - began < ms) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return done / ((performance.now() - began) / 1000);
}
