import type { ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";

const at = { openWorldHint: true } as const;

/** Adds something; a second call may add it once more. */
export const ADDS: ToolAnnotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, ...at };
/** Brings a state about that may be there already, and loses nothing. */
export const SETS: ToolAnnotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, ...at };
/** Loses what was there, and a second call loses nothing more. */
export const DESTROYS: ToolAnnotations = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, ...at };
/** Loses something with every call. */
export const DESTROYS_MORE: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  ...at,
};
/** Looks at what this program has, and asks nobody. */
export const LOOKS: ToolAnnotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
/** Ends what was planned, and changes nothing at Telegram. */
export const CANCELS: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
};
