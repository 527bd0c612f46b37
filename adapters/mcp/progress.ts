import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { ToolCall } from "./tool.js";

/** What a handler of the MCP SDK is given beside the request. */
export type Extra = Parameters<Parameters<McpServer["server"]["setRequestHandler"]>[1]>[1];

export interface Progress {
  readonly tell: ToolCall["progress"];
  /** Nothing more is told. */
  readonly end: () => void;
}

/** Hosts that hear nothing for long give up. */
const PULSE_MS = 5000;
/** So small that it is no step of the work. */
const PULSE = 1e-6;
const WAITING = "Waiting for Telegram, or for its turn";

/**
 * Tells the host how far a call is, and every few seconds that it still goes on. Progress must rise with every notification
 * (the MCP specification), so what does not is left out.
 */
export function progressOf({ _meta, sendNotification }: Extra): Progress {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return { tell: () => undefined, end: () => undefined };
  let last = -1;
  let said: { readonly total?: number; readonly message?: string } = { message: WAITING };
  const send = (progress: number): void => {
    last = progress;
    // A client that is gone is noticed by its closed connection.
    sendNotification({ method: "notifications/progress", params: { progressToken, progress, ...said } }).catch(
      () => undefined,
    );
  };
  const pulse = setInterval(() => {
    send(Math.max(0, last) + PULSE);
  }, PULSE_MS);
  return {
    tell(progress, total, message) {
      if (progress <= last) return;
      said = { ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
      send(progress);
      pulse.refresh();
    },
    end: () => {
      clearInterval(pulse);
    },
  };
}
