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
    // Telegram ends a takeout by itself, too: failing to say so spoils nothing, and hides no other error.
    await opened.finish(success, { ...call, lane: "interactive" }).catch(() => undefined);
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
