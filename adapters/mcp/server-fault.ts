import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import type { ProcessTransport } from "./process-transport.js";
import type { Ending, ServerProcess } from "./server-process.js";

/** Why there is no answer. What a server wrote may hold secrets, and is to be scrubbed before it is shown. */
export type FaultReason =
  /** The system did not start it; `code` is the system's. */
  | { readonly kind: "not-started"; readonly code: string }
  /** It ended. */
  | ({ readonly kind: "ended" } & Ending)
  /** It has written nothing but what is no protocol. */
  | { readonly kind: "no-protocol"; readonly stray: string }
  | { readonly kind: "silent" }
  /** It answered with an error, or with what is no answer. */
  | { readonly kind: "refused"; readonly message: string };

/** A configured server that does not do what a server does. */
export class ServerFault extends Error {
  override readonly name = "ServerFault";

  constructor(
    readonly reason: FaultReason,
    /** The last lines of its standard error, oldest first. */
    readonly lastWords: readonly string[],
    cause: unknown,
  ) {
    super(`The server has failed: ${reason.kind}.`, { cause });
  }
}

/** What an error of the client means, by what became of the process. */
export function serverFault(error: unknown, server: ServerProcess, transport: ProcessTransport): ServerFault {
  return new ServerFault(reasonOf(error, server, transport), [...server.lastWords], error);
}

const TIMED_OUT: number = ErrorCode.RequestTimeout;

function reasonOf(error: unknown, { ending }: ServerProcess, { stray, hasAnswered }: ProcessTransport): FaultReason {
  if (ending !== undefined) return { kind: "ended", ...ending };
  if (error instanceof McpError && error.code === TIMED_OUT) {
    return stray === undefined || hasAnswered ? { kind: "silent" } : { kind: "no-protocol", stray };
  }
  return { kind: "refused", message: error instanceof Error ? error.message : String(error) };
}
