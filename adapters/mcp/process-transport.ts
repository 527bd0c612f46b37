import { deserializeMessage, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { BoundedLines } from "./bounded-lines.js";
import type { ServerProcess } from "./server-process.js";

/** As the MCP SDK limits what it holds of one message. */
const LONGEST_MESSAGE_BYTES = 10 * 1024 * 1024;
/** Of a line that is no message. */
const LONGEST_STRAY = 300;

/**
 * MCP over the standard streams of a process that leads a group of its own: the MCP SDK's own transport starts its process
 * in ours, and could end that one alone. Lines that are no protocol are passed over, as hosts do, and noted.
 */
export class ProcessTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  #stray: string | undefined;
  #isClosed = false;
  #hasAnswered = false;
  readonly #lines = new BoundedLines(LONGEST_MESSAGE_BYTES, (line) => {
    this.#receive(line);
  });

  constructor(private readonly server: ServerProcess) {}

  /** The first line on standard output that is no message of the protocol; not its text where it is too long. */
  get stray(): string | undefined {
    return this.#stray ?? (this.#lines.hasPart ? "(a line without an end)" : undefined);
  }

  /** Whether any message of the protocol has come. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  start(): Promise<void> {
    this.server.stdout.on("data", (chunk: Buffer) => {
      this.#lines.push(chunk);
    });
    this.server.onClose(() => {
      this.#closed();
    });
    return Promise.resolve();
  }

  /** Does not wait for a server that does not read: every request has its deadline. */
  send(message: JSONRPCMessage): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error("The server has ended."));
    this.server.stdin.write(serializeMessage(message));
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.server.end();
    this.#closed();
  }

  #receive(line: string | undefined): void {
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(line ?? "");
    } catch {
      this.#stray ??= line === undefined || line.length > LONGEST_STRAY ? "(a long line)" : line;
      return;
    }
    this.#hasAnswered = true;
    this.onmessage?.(message);
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.();
  }
}
