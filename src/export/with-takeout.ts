import { isGuardError } from "../errors.js";
import { Takeout, type TakeoutScope } from "../telegram/takeout.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";

/** What became of a takeout that was asked for. */
export interface TakeoutNote {
  readonly used: boolean;
  /** Telegram's own name of the refusal. */
  readonly refused?: string;
}

export interface TakeoutWish {
  readonly wanted: boolean;
  readonly scope: TakeoutScope;
  readonly call: InvokeOptions;
}

/** So long it may take to tell Telegram that a takeout is over. */
const FINISH_MS = 5000;

/** Does the work inside a takeout where one is wanted and Telegram grants it, else without. */
export async function withTakeout<T>(
  telegram: Telegram,
  { wanted, scope, call }: TakeoutWish,
  work: (telegram: Telegram, takeout: TakeoutNote | undefined) => Promise<T>,
): Promise<T> {
  if (!wanted) return work(telegram, undefined);
  const opened = await open(telegram, scope, call);
  if (typeof opened === "string") return work(telegram, { used: false, refused: opened });
  let success = false;
  try {
    const result = await work(opened, { used: true });
    success = true;
    return result;
  } finally {
    // Whoever stops the export ends the takeout with it, so the caller's signal is not for this.
    const last = { lane: "interactive", signal: AbortSignal.timeout(FINISH_MS) } as const;
    // Telegram ends a takeout by itself, too: failing to say so spoils nothing, and hides no other error.
    await opened.finish(success, last).catch(() => undefined);
  }
}

async function open(telegram: Telegram, scope: TakeoutScope, call: InvokeOptions): Promise<Takeout | string> {
  try {
    return await Takeout.open(telegram, scope, { ...call, lane: "interactive" });
  } catch (error) {
    const isRefusal =
      isGuardError(error, "telegram_error") || (isGuardError(error, "flood_wait") && error.details.scope === "takeout");
    if (!isRefusal) throw error;
    return error.details.name;
  }
}
