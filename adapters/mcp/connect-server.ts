import { existsSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { getDefaultEnvironment } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Implementation } from "@modelcontextprotocol/sdk/types.js";
import { answerForms, FORMS, type AskPerson } from "./answer-forms.js";
import { ProcessTransport } from "./process-transport.js";
import { ServerFault, serverFault } from "./server-fault.js";
import { ServerProcess, type EndedBy, type ServerCommand } from "./server-process.js";

export { ServerFault } from "./server-fault.js";

export interface ConnectOptions {
  /** What the client calls itself. */
  readonly client: Implementation;
  /** From the start of the process to its answer to `initialize`, in milliseconds. */
  readonly timeoutMs: number;
  /** Gives up waiting for that answer. */
  readonly signal?: AbortSignal;
  /** Answers the server's forms; without it the server is told that there is nobody to ask. */
  readonly ask?: AskPerson;
}

/** A server that was started and has answered `initialize`. */
export interface ServerConnection {
  readonly client: Client;
  /** From the start of the process to its answer, in milliseconds. */
  readonly tookMs: number;
  /** The first line on its standard output that was no protocol. It may hold a secret. */
  readonly stray: () => string | undefined;
  /** What an error of `client` means. */
  readonly faultOf: (error: unknown) => ServerFault;
  /** Ends it and all that it started, for sure. Tells what that took. */
  readonly close: () => Promise<EndedBy>;
}

/**
 * Starts a configured server as programs for agents do: over its standard streams, without a shell, with its own variables
 * over the few that the MCP SDK passes on (HOME, PATH…). Nothing is left running when it fails.
 *
 * @throws {@link ServerFault}
 */
export async function connectServer(
  { env, ...server }: ServerCommand,
  { client: name, timeoutMs, signal, ask }: ConnectOptions,
): Promise<ServerConnection> {
  const began = performance.now();
  const started = await start({ ...server, env: { ...getDefaultEnvironment(), ...env } });
  const transport = new ProcessTransport(started);
  const client = new Client(name, { capabilities: ask === undefined ? {} : FORMS });
  if (ask !== undefined) answerForms(client, ask);
  try {
    await client.connect(transport, { timeout: timeoutMs, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    const fault = serverFault(error, started, transport);
    await started.end();
    throw fault;
  }
  return {
    client,
    tookMs: performance.now() - began,
    stray: () => transport.stray,
    faultOf: (error) => serverFault(error, started, transport),
    async close() {
      await client.close();
      return started.end();
    },
  };
}

async function start(server: ServerCommand): Promise<ServerProcess> {
  // The system's own error would name the command.
  if (server.cwd !== undefined && !existsSync(server.cwd)) throw notStarted("ENOTDIR");
  try {
    return await ServerProcess.start(server);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw notStarted(code, error);
  }
}

const notStarted = (code: string, cause?: unknown): ServerFault =>
  new ServerFault({ kind: "not-started", code }, [], cause);
