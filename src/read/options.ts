import { z } from "zod";

/** What every reading takes. */
export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** `bulk` gives way to interactive calls. @defaultValue "interactive" */
  readonly lane?: "interactive" | "bulk";
  /** By when each request must be answered, on the client's clock in milliseconds. */
  readonly deadline?: number;
}

/** The same for zod, with the limit that every listing has. */
export const optionsSchema = {
  limit: z.int().min(0).exactOptional(),
  signal: z.instanceof(AbortSignal).exactOptional(),
  lane: z.enum(["interactive", "bulk"]).exactOptional(),
  deadline: z.number().exactOptional(),
};
