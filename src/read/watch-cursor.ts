import { z } from "zod";
import { GuardError } from "../errors.js";

/** Where the common sequence stands (core.telegram.org/constructor/updates.state). */
export interface CommonState {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
}

/** Where a watch stands: enough to go on without a gap, and to leave out what was handed out already. */
export interface WatchPosition {
  /** The account. */
  readonly self: number;
  readonly common?: CommonState;
  /** By marked id: pts. */
  readonly channels: ReadonlyMap<number, number>;
  /** By chat: the highest message id that was handed out, or that is older than the watch. */
  readonly floors: ReadonlyMap<number, number>;
}

const count = z.int().min(0);
const byId = z.array(z.tuple([z.int(), count])).transform((pairs) => new Map(pairs));
const schema = z.strictObject({
  v: z.literal(1),
  self: z.int(),
  common: z.strictObject({ pts: z.int().min(1), qts: count, date: count }).exactOptional(),
  channels: byId,
  floors: byId,
});

export function writeCursor({ channels, floors, ...rest }: WatchPosition): string {
  const record = { ...rest, v: 1, channels: [...channels], floors: [...floors] };
  return Buffer.from(JSON.stringify(record)).toString("base64url");
}

/** @throws {@link GuardError} `input_invalid` */
export function readCursor(cursor: string, self: number): WatchPosition {
  const position = schema.safeParse(decoded(cursor));
  if (!position.success) throw invalid("is not a cursor of a watch");
  if (position.data.self !== self) throw invalid("belongs to a watch of another account");
  return position.data;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const invalid = (why: string): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `options.from ${why}.`, {
    details: { path: "options.from" },
    nextStep: "Pass the `cursor` of an earlier watch of this account, or leave it out to begin now.",
  });
