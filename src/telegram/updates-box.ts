/** One thing that happened: `pts` is where the sequence stands after it, `count` how many events it is. */
export interface Sighting<T> {
  readonly pts: number;
  readonly count: number;
  /** Absent for what only moves the sequence. */
  readonly news?: T;
}

/**
 * One of Telegram's event sequences (core.telegram.org/api/updates#event-sequences) as far as it has come. `live`: all up
 * to `pts` was released. `waiting`: something is missing, and may still be on its way. `asking`: the server is asked.
 */
export interface Box<T> {
  readonly pts: number;
  readonly phase: "live" | "waiting" | "asking";
  /** What came before its turn, by pts. */
  readonly ahead: readonly Sighting<T>[];
  /** The answer under way may be older than what was missed meanwhile. */
  readonly again: boolean;
}

export type BoxInput<T> =
  | { readonly kind: "seen"; readonly sighting: Sighting<T> }
  /** The time for the missing one to arrive is over. */
  | { readonly kind: "waited" }
  /** Updates may have been missed. */
  | { readonly kind: "stale" }
  /** The server's own count. */
  | { readonly kind: "told"; readonly pts: number }
  /** The server has told all up to here; `final` when it knew no more. */
  | { readonly kind: "answered"; readonly pts: number; readonly final: boolean };

export interface BoxStep<T> {
  readonly box: Box<T>;
  /** In order, each once. */
  readonly released: readonly T[];
  readonly then: "nothing" | "wait" | "ask";
}

/** So many may come before their turn; beyond them it is cheaper to ask. */
const AHEAD = 1000;

export const openBox = <T>(pts: number): Box<T> => ({ pts, phase: "live", ahead: [], again: false });

/** How a sequence goes on. Whatever arrives twice, late or in the wrong order is released once and in its turn. */
export function stepBox<T>(box: Box<T>, input: BoxInput<T>): BoxStep<T> {
  switch (input.kind) {
    case "seen":
      return seen(box, input.sighting);
    case "waited":
      return box.phase === "waiting" ? ask(box) : idle(box);
    case "stale":
      return box.phase === "asking" ? idle({ ...box, again: true }) : ask(box);
    case "told":
      return input.pts > box.pts && box.phase !== "asking" ? ask(box) : idle(box);
    case "answered":
      return answered(box, input.pts, input.final);
  }
}

const idle = <T>(box: Box<T>): BoxStep<T> => ({ box, released: [], then: "nothing" });
const ask = <T>(box: Box<T>): BoxStep<T> => ({ box: { ...box, phase: "asking" }, released: [], then: "ask" });

/** The three cases of core.telegram.org/api/updates#pts-checking-and-applying. */
function seen<T>(box: Box<T>, sighting: Sighting<T>): BoxStep<T> {
  const { pts, count } = sighting;
  if (box.phase === "live" && pts - count === box.pts) {
    return { box: { ...box, pts }, released: newsOf(sighting), then: "nothing" };
  }
  if (pts <= box.pts || box.ahead.some((other) => other.pts === pts)) return idle(box);
  if (box.ahead.length >= AHEAD) {
    const emptied: Box<T> = { ...box, ahead: [] };
    return box.phase === "asking" ? idle({ ...emptied, again: true }) : ask(emptied);
  }
  const held: Box<T> = { ...box, ahead: [...box.ahead, sighting].sort((a, b) => a.pts - b.pts) };
  return box.phase === "asking" ? idle(held) : drain(held);
}

function answered<T>(box: Box<T>, pts: number, final: boolean): BoxStep<T> {
  const moved: Box<T> = { ...box, pts };
  if (!final) return ask(moved);
  const step = drain({ ...moved, again: false });
  return box.again ? { ...step, ...ask(step.box), released: step.released } : step;
}

/** Releases what is next in turn; what then still lies ahead shows a gap. */
function drain<T>(box: Box<T>): BoxStep<T> {
  const released: T[] = [];
  let { pts } = box;
  let rest = box.ahead.filter((sighting) => sighting.pts > pts);
  for (let next = rest[0]; next !== undefined && next.pts - next.count === pts; next = rest[0]) {
    released.push(...newsOf(next));
    pts = next.pts;
    rest = rest.slice(1);
  }
  const isWhole = rest.length === 0;
  return {
    box: { ...box, pts, ahead: rest, phase: isWhole ? "live" : "waiting" },
    released,
    then: isWhole ? "nothing" : "wait",
  };
}

const newsOf = <T>({ news }: Sighting<T>): readonly T[] => (news === undefined ? [] : [news]);
