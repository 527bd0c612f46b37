import { ZodError } from "zod";
import { log } from "./log.js";

/**
 * Writes to standard error where an error comes from that nobody foresaw. Not its message: that may hold what people
 * wrote, or a secret.
 */
export function reportUnexpected(tool: string, error: unknown): void {
  if (error instanceof ZodError || isForeseen(error)) return;
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  log("error", [`${tool}: ${name}`, ...frames].join("\n"));
}

/** Errors of the package carry a code. */
const isForeseen = (error: unknown): boolean => error instanceof Error && "code" in error && "nextStep" in error;
