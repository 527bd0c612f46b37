import { z } from "zod";

/** What every reading takes. */
export interface ReadOptions {
  /** Ends the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** `bulk` gives way to interactive calls. @defaultValue "interactive" */
  readonly lane?: "interactive" | "bulk";
  /** By when each request must be answered, on the client's clock in milliseconds. */
  readonly deadline?: number;
}

/** A reading that gives items one after the other. */
export interface ListOptions extends ReadOptions {
  /** At the most so many. @defaultValue all */
  readonly limit?: number;
}

/** The same for zod. */
export const callSchema = {
  signal: z.instanceof(AbortSignal).exactOptional(),
  lane: z.enum(["interactive", "bulk"]).exactOptional(),
  deadline: z.number().exactOptional(),
};

/** With the limit that every listing has. */
export const optionsSchema = { ...callSchema, limit: z.int().min(0).exactOptional() };

export const readOptions = z.strictObject(callSchema);
export const listOptions = z.strictObject(optionsSchema);
