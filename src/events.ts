import type { ErrorCode, FloodScope, WaitReason } from "./errors.js";

/** What the guards tell while they work. Nothing here carries a payload: no text, no name, no secret. */
export interface GuardEvents {
  /** Before every wait: which method, why and how long. */
  wait: { readonly method: string; readonly reason: WaitReason; readonly waitMs: number; readonly text: string };
  /** Telegram asked to wait. */
  flood: { readonly method: string; readonly name: string; readonly scope: FloodScope; readonly waitMs: number };
  /** A guard refused a call; nothing was sent. */
  refused: { readonly method: string; readonly code: ErrorCode };
  /** The connection to Telegram: made, or lost. */
  connection: { readonly state: "connected" | "lost" };
}

export type EventName = keyof GuardEvents;
export type Listener<N extends EventName> = (event: GuardEvents[N]) => void;

/** Delivers events to listeners. A listener that throws is the application's fault and stops nothing here. */
export class Events {
  readonly #listeners: { [N in EventName]?: Set<Listener<N>> } = {};

  /** Calls the listener on every event of that name; the returned function ends it. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    const listeners: Set<Listener<N>> = (this.#listeners[name] ??= new Set<never>());
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  emit<N extends EventName>(name: N, event: GuardEvents[N]): void {
    for (const listener of this.#listeners[name] ?? []) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
