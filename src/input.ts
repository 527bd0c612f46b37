import type { z } from "zod";
import { GuardError } from "./errors.js";

/** Parses what a caller passed in; the first fault becomes one plain sentence. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [name, ...(issue?.path ?? []).map(String)].join(".");
  throw new GuardError("input_invalid", `${path}: ${issue?.message ?? "does not fit"}`, {
    details: { path },
    nextStep: `Correct ${path} and call again.`,
    cause: parsed.error,
  });
}
