import { z } from "zod";

/** Arguments that several tools share, described for whoever reads the tool's schema. */
export const group = z
  .union([z.string().trim().min(1).max(256), z.int()], { error: "must be a @username, an id or a title" })
  .describe("A chat: @username, numeric id (also -100…), or the exact title of a dialog.");

export const limit = (usual: number, most = 1000): z.ZodDefault<z.ZodInt> =>
  z.int().min(1).max(most).describe(`At most so many, up to ${most}.`).default(usual);

export const cursor = z
  .string()
  .max(200)
  .optional()
  .describe("next_cursor of an earlier answer with the same arguments: goes on from there.");

const MOST_ID = 2_147_483_647;

export const id = z.int().min(1).max(MOST_ID);
export const messageId = id.describe("The id of a message in that chat.");

export const searched = z.string().trim().min(1).max(256);

/** A date or a time, as the package takes them. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/i, "is not an ISO date or time")
  .describe("ISO date (its midnight in UTC) or time (in UTC without a zone).");
