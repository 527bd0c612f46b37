import type { z } from "zod";
import { placeOf } from "../export-file/world-file-error.js";
import { misdescribed } from "./fault.js";

/** @throws SandboxError `world_invalid`, which names the place */
export function parsed<S extends z.ZodType>(schema: S, description: unknown): z.output<S> {
  const result = schema.safeParse(description);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw misdescribed(placeOf(issue?.path ?? []), issue?.message ?? "it does not fit");
}
