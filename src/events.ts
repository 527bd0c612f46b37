import { channel, type Channel } from "node:diagnostics_channel";
import type { CircuitReason, ErrorCode, FloodScope, WaitReason } from "./errors.js";

/** What the guards tell while they work. Nothing here carries a payload: no text, no name, no secret. */
export interface GuardEvents {
  /** Before every wait of a second or more, and before each retry: which method, why and how long. */
  wait: { readonly method: string; readonly reason: WaitReason; readonly waitMs: number; readonly text: string };
  /** Telegram asked to wait. */
  flood: { readonly method: string; readonly name: string; readonly scope: FloodScope; readonly waitMs: number };
  /** A guard refused a call; nothing was sent. */
  refused: { readonly method: string; readonly code: ErrorCode };
  /** The circuit opened, or calls pass again. `forMs` is absent when only a person can close it. */
  circuit:
    | { readonly state: "open"; readonly reason: CircuitReason; readonly name: string; readonly forMs?: number }
    | { readonly state: "closed" };
  /** A line of the audit trail could not be written to its file. The next one that can be brings it along. */
  audit: { readonly event: string; readonly actionId?: string; readonly code: ErrorCode };
  /** The connection to Telegram: made, or lost. */
  connection: { readonly state: "connected" | "lost" };
}

/** The name of an event. */
export type EventName = keyof GuardEvents;
/** Hears of one kind of event. */
export type Listener<N extends EventName> = (event: GuardEvents[N]) => void;

/** The same events for whoever watches the whole process: `diagnostics_channel.channel("tg-guarded:wait")` and so on. */
const CHANNELS: { readonly [N in EventName]: Channel } = {
  wait: channel("tg-guarded:wait"),
  flood: channel("tg-guarded:flood"),
  refused: channel("tg-guarded:refused"),
  circuit: channel("tg-guarded:circuit"),
  audit: channel("tg-guarded:audit"),
  connection: channel("tg-guarded:connection"),
};

/**
 * Delivers events to listeners. A listener that throws is the application's fault and stops nothing here.
 *
 * @example
 * ```ts
 * import { Events } from "tg-guarded";
 *
 * const events = new Events();
 * const off = events.on("wait", ({ method, waitMs }) => console.log(method, waitMs));
 * events.emit("wait", { method: "weather", reason: "rate", waitMs: 250, text: "weather waits 250 ms" });
 * off();
 * ```
 */
export class Events {
  readonly #listeners: { [N in EventName]?: Set<Listener<N>> } = {};

  /**
   * Calls the listener on every event of that name; the returned function ends it.
   *
   * @example
   * ```ts
   * const off = client.on("flood", ({ method, waitMs }) => console.error(method, waitMs));
   * off();
   * ```
   */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    const listeners: Set<Listener<N>> = (this.#listeners[name] ??= new Set<never>());
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Tells all listeners, and whoever subscribed to the channel of that name. */
  emit<N extends EventName>(name: N, event: GuardEvents[N]): void {
    if (CHANNELS[name].hasSubscribers) CHANNELS[name].publish(event);
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
