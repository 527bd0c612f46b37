import type { Request } from "./call.js";
import type { Telegram } from "./telegram/telegram.js";

export interface RawOptions {
  readonly signal?: AbortSignal;
  /** Also send reads that leave a trace: marking as read, typing, asking a bot. @defaultValue false */
  readonly leaveTrace?: boolean;
}

/** Sends requests that have no method here yet. */
export class RawApi {
  readonly #telegram: Telegram;

  constructor(telegram: Telegram) {
    this.#telegram = telegram;
  }

  /**
   * Sends one request of GramJS's `Api` through the whole chain, and gives its answer as GramJS gives it. It must be a
   * read; anything else is refused, also inside wrappers.
   *
   * Errors: `write_denied`, `login_denied`, `method_unknown`, and those of every call.
   */
  invoke<T>(request: Request<T>, { signal, leaveTrace = false }: RawOptions = {}): Promise<T> {
    return this.#telegram.invoke(request, {
      ...(signal === undefined ? {} : { signal }),
      ...(leaveTrace ? { kind: "read" } : {}),
    });
  }
}
