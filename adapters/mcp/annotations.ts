import type { ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";

/** Looks at Telegram, and changes nothing anywhere. */
export const READS: ToolAnnotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: true };
/** Makes a new file on this computer, and changes nothing else. */
export const SAVES: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
};
