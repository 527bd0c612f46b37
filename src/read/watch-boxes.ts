import type { UpdateFeed } from "../telegram/updates-feed.js";
import { openBox, stepBox, type Box, type BoxInput } from "../telegram/updates-box.js";
import type { BoxKey, News, ReadUpdates } from "../telegram/updates-read.js";

/** How long a missing update may still be on its way (core.telegram.org/api/updates#recovering-gaps). */
const GAP_MS = 500;

export interface BoxesOptions {
  readonly feed: Pick<UpdateFeed, "clock">;
  /** Sequences of channels are opened as they show up. */
  readonly opens: boolean;
  /** What is released, with where its sequence stood before it. */
  readonly onNews: (key: BoxKey, from: number, news: News) => void;
  /** There is something to ask for. */
  readonly onDue: () => void;
  /** Own messages count: of those whose text is not told, it must be asked for. */
  readonly wantsOwn: boolean;
}

/** The sequences that a watch follows, and which of them must be asked for. */
export class WatchBoxes {
  readonly #options: BoxesOptions;
  readonly #boxes = new Map<BoxKey, Box<News>>();
  readonly #timers = new Map<BoxKey, () => void>();
  readonly #due = new Set<BoxKey>();
  #seq = 0;
  /** The channels' counts at Telegram must be compared with ours. */
  surveyDue = false;
  /** The common sequence was numbered anew. */
  restartDue = false;

  constructor(options: BoxesOptions) {
    this.#options = options;
  }

  get channels(): readonly number[] {
    return [...this.#boxes.keys()].filter((key) => key !== "common");
  }

  /** The next sequence to ask for. */
  get due(): BoxKey | undefined {
    for (const key of this.#due) return key;
    return undefined;
  }

  ptsOf(key: BoxKey): number | undefined {
    return this.#boxes.get(key)?.pts;
  }

  open(key: BoxKey, pts: number): void {
    this.#boxes.set(key, openBox(pts));
  }

  remove(key: BoxKey): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
    this.#due.delete(key);
    this.#boxes.delete(key);
  }

  clear(): void {
    for (const key of [...this.#boxes.keys()]) this.remove(key);
  }

  /** Anything may have been missed. Many channels are compared in one request before each is asked for. */
  allStale(): void {
    const { channels } = this;
    const [only] = channels;
    this.#step("common", { kind: "stale" });
    if (channels.length === 1 && only !== undefined) this.#step(only, { kind: "stale" });
    else if (channels.length > 1) {
      this.surveyDue = true;
      this.#options.onDue();
    }
  }

  told(key: BoxKey, pts: number): void {
    this.#step(key, { kind: "told", pts });
  }

  answered(key: BoxKey, pts: number, final: boolean, seq?: number): void {
    if (seq !== undefined) this.#seq = seq;
    this.#due.delete(key);
    this.#step(key, { kind: "answered", pts, final });
  }

  take({ sightings, stale, tooLong, restarted, seq }: ReadUpdates): void {
    if (restarted && this.#boxes.has("common")) {
      this.restartDue = true;
      this.#options.onDue();
    }
    if (tooLong) this.allStale();
    if (seq !== undefined) this.#checkSeq(seq);
    for (const key of stale) this.#step(key, { kind: "stale" });
    for (const { key, isBlank, ...sighting } of sightings) {
      if (!this.#boxes.has(key) && this.#options.opens && key !== "common")
        this.open(key, sighting.pts - sighting.count);
      const mustAsk = isBlank === true && this.#options.wantsOwn;
      this.#step(key, mustAsk ? { kind: "stale" } : { kind: "seen", sighting });
    }
  }

  /** Containers with a number come one after the other (core.telegram.org/api/updates#seq-checking-and-applying). */
  #checkSeq({ first, last }: { readonly first: number; readonly last: number }): void {
    if (this.#seq > 0 && first > this.#seq + 1) this.#step("common", { kind: "stale" });
    this.#seq = Math.max(this.#seq, last);
  }

  #step(key: BoxKey, input: BoxInput<News>): void {
    const box = this.#boxes.get(key);
    if (box === undefined) return;
    const step = stepBox(box, input);
    this.#boxes.set(key, step.box);
    for (const news of step.released) this.#options.onNews(key, box.pts, news);
    if (step.then === "wait") this.#wait(key);
    if (step.then === "ask") {
      this.#due.add(key);
      this.#options.onDue();
    }
  }

  #wait(key: BoxKey): void {
    if (this.#timers.has(key)) return;
    const cancel = this.#options.feed.clock.after(GAP_MS, () => {
      this.#timers.delete(key);
      this.#step(key, { kind: "waited" });
    });
    this.#timers.set(key, cancel);
  }
}
