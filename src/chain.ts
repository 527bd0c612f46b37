import type { Call } from "./call.js";

/** The rest of the chain. A guard may call it more than once: that is a retry. */
export type Next = <T>(call: Call<T>) => Promise<T>;
/** One layer of protection around a call. */
export type Guard = <T>(call: Call<T>, next: Next) => Promise<T>;

/**
 * Puts the guards around the transport. The first listed is the outermost.
 *
 * @example
 * ```ts
 * import { compose, createCall, type Guard, type Next } from "tg-guarded";
 *
 * const twice: Guard = (call, next) => next(call).catch(() => next(call));
 * const transport: Next = (call) => Promise.resolve(call.request.__response);
 * const request = { className: "weather", __response: "fair", getBytes: () => new Uint8Array() };
 * console.log(await compose([twice], transport)(createCall({ account: "mine", method: "weather", request }))); // fair
 * ```
 */
export const compose = (guards: readonly Guard[], transport: Next): Next =>
  guards.reduceRight<Next>((next, guard) => (call) => guard(call, next), transport);
