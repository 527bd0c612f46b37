import { isGuardError, type GuardError } from "../../errors.js";
import { NothingToDo } from "../operation.js";

/**
 * Waits for a write that asks for a state. Telegram's answer that it holds already means: nothing to do, or, where an
 * earlier attempt may have been carried out, that this was it.
 */
export async function unlessHolds<T>(
  work: Promise<T>,
  name: string,
  reason: string,
): Promise<T | NothingToDo | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!isRefusal(error, name)) throw error;
    return error.applied === "no" ? new NothingToDo(reason) : undefined;
  }
}

export const isRefusal = (error: unknown, name: string): error is GuardError<"telegram_error"> =>
  isGuardError(error, "telegram_error") && error.details.name === name;
