import type { Watch, WatchedMessage } from "tg-guarded";
import { roomOf } from "./room.js";
import type { ToolCall } from "./tool.js";

/** After the first one, for those that are written in one go. */
const MORE_MS = 1000;
const TICK_MS = 1000;
/** Room for another message of the greatest length. */
const NEXT_CHARS = 6000;

export interface WaitOptions<R> {
  /** Made with a signal, by which the waiting ends. */
  readonly open: (signal: AbortSignal) => Watch;
  readonly show: (message: WatchedMessage) => R;
  readonly timeoutMs: number;
  readonly most: number;
}

export interface Waited<R> {
  readonly items: readonly R[];
  /** Where the next wait goes on without a gap. */
  readonly cursor: string | undefined;
}

/**
 * Waits for messages until the time is over, or a moment after the first one came; no longer than until there are as many
 * as were asked for, or no more have room. What was not taken comes with the next wait.
 */
export async function waitFor<R>(options: WaitOptions<R>, call: ToolCall): Promise<Waited<R>> {
  const { open, show, timeoutMs, most } = options;
  const over = new AbortController();
  const watch = open(AbortSignal.any([call.signal, over.signal]));
  call.progress(0, timeoutMs / 1000);
  await watch.ready();
  const items: R[] = [];
  const clock = new Countdown(timeoutMs, over, call);
  let room = call.roomChars;
  try {
    for await (const message of watch) {
      const shown = show(message);
      items.push(shown);
      room -= roomOf(shown);
      if (items.length >= most || room < NEXT_CHARS) break;
      clock.shortenTo(MORE_MS);
    }
  } catch (error) {
    if (call.signal.aborted || error !== over.signal.reason) throw error;
  } finally {
    clock.stop();
  }
  return { items, cursor: watch.cursor };
}

/** Ends something when the time is over, and tells how much of it has passed. */
class Countdown {
  readonly #began = performance.now();
  readonly #ticks: NodeJS.Timeout;
  #isShort = false;
  #end: NodeJS.Timeout;

  constructor(
    private readonly timeoutMs: number,
    private readonly over: AbortController,
    { progress }: ToolCall,
  ) {
    this.#end = this.#endIn(timeoutMs);
    this.#ticks = setInterval(() => {
      progress(this.#passedMs() / 1000, timeoutMs / 1000);
    }, TICK_MS);
  }

  shortenTo(ms: number): void {
    if (this.#isShort) return;
    this.#isShort = true;
    clearTimeout(this.#end);
    this.#end = this.#endIn(Math.min(ms, Math.max(0, this.timeoutMs - this.#passedMs())));
  }

  stop(): void {
    clearTimeout(this.#end);
    clearInterval(this.#ticks);
  }

  #endIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.over.abort(new DOMException("The time is over.", "TimeoutError"));
    }, ms);
  }

  #passedMs(): number {
    return performance.now() - this.#began;
  }
}
