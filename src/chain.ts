import type { Call } from "./call.js";

/** The rest of the chain. A guard may call it more than once: that is a retry. */
export type Next = <T>(call: Call<T>) => Promise<T>;
/** One layer of protection around a call. */
export type Guard = <T>(call: Call<T>, next: Next) => Promise<T>;

/** Puts the guards around the transport. The first listed is the outermost. */
export const compose = (guards: readonly Guard[], transport: Next): Next =>
  guards.reduceRight<Next>((next, guard) => (call) => guard(call, next), transport);
