import { Logger, MessagePacker } from "telegram/extensions/index.js";
import { LogLevel } from "telegram/extensions/Logger.js";
import type { AuthKey } from "telegram/crypto/AuthKey.js";
import type { RequestState } from "telegram/network/RequestState.js";
import { MTProtoSender, UpdateConnectionState } from "telegram/network/index.js";
import { MessageContainer, RPCResult, TLMessage } from "telegram/tl/core/index.js";
import { RpcFailure } from "./failures.js";
import { SwiftReader } from "./swift-reader.js";

/** GramJS's logger writes to stdout by default, which would break an MCP server. */
export const silent = new Logger(LogLevel.NONE);

export interface SenderEvents {
  readonly onError: (error: Error) => void;
  readonly onUpdate: (update: unknown) => void;
  /** The server answered that it does not know the key. */
  readonly onForgottenKey: () => void;
}

/** Builds GramJS's sender with a stand-in for the client that it expects, of which it uses the error handler alone. */
export function constructSender(authKey: AuthKey, dcId: number, events: SenderEvents): MTProtoSender {
  const client = {
    _errorHandler: (error: unknown) => {
      events.onError(error instanceof Error ? error : new Error(String(error)));
      return Promise.resolve();
    },
  };
  const updateCallback = (_client: unknown, update: unknown): void => {
    if (!(update instanceof UpdateConnectionState)) events.onUpdate(update);
    else if (update.state === UpdateConnectionState.broken) events.onForgottenKey();
  };
  const options = {
    logger: silent,
    dcId,
    client,
    updateCallback,
    retries: 1,
    delay: 0,
    autoReconnect: false,
    isMainSender: true,
    securityChecks: true,
    _exportedSenderPromises: new Map(),
  };
  const made: unknown = Reflect.construct(MTProtoSender, [authKey, options]);
  if (!(made instanceof MTProtoSender)) throw new TypeError("GramJS made no sender.");
  return made;
}

/** GramJS cannot send a request that is larger, and says so by ending the process. */
export const LARGEST_BYTES = MessageContainer.MAXIMUM_SIZE - TLMessage.SIZE_OVERHEAD;

/** The queue of what is to be sent. */
export function queueOf(sender: MTProtoSender): MessagePacker {
  const queue: unknown = sender["_sendQueue"];
  if (!(queue instanceof MessagePacker)) throw new TypeError("This version of GramJS keeps its queue elsewhere.");
  return queue;
}

/** What GramJS's untyped messages hold, as far as it matters here. */
interface Incoming {
  readonly obj: unknown;
}
interface Result {
  readonly reqMsgId: Parameters<MTProtoSender["_pendingState"]["get"]>[0];
  readonly error?: { readonly errorCode: number; readonly errorMessage: string };
  readonly body?: Buffer;
}
interface Container {
  readonly messages: readonly unknown[];
}
type Handler = (message: Incoming) => unknown;

const isResult = (value: unknown): value is Result => value instanceof RPCResult;
const isContainer = (value: unknown): value is Container => value instanceof MessageContainer;
const isHandlerTable = (value: unknown): value is Record<string, Handler | undefined> =>
  typeof value === "object" && value !== null && String(RPCResult.CONSTRUCTOR_ID) in value;

interface Readable {
  readResult(reader: SwiftReader): unknown;
}
const isReadable = (value: unknown): value is Readable =>
  typeof value === "object" && value !== null && "readResult" in value && typeof value.readResult === "function";

/** What a request makes of its answer. */
function readResult({ request }: { readonly request: unknown }, reader: SwiftReader): unknown {
  if (isReadable(request)) return request.readResult(reader);
  throw new TypeError("This version of GramJS reads answers in another way.");
}

/** An answer that cannot be read is the error of its request alone. */
function settle(state: RequestState | undefined, body: Buffer): void {
  try {
    state?.resolve(readResult(state, new SwiftReader(body)));
  } catch (error) {
    state?.reject(error);
  }
}

/**
 * Replaces two of GramJS's handlers: results, so that errors arrive in Telegram's own words and not as classes that
 * lose them, and so that answers are read swiftly; and containers, of which GramJS drops everything after the first error.
 */
export function replaceHandlers(sender: MTProtoSender): void {
  const table: unknown = sender["_handlers"];
  const process: unknown = Reflect.get(sender, "_processMessage");
  if (!isHandlerTable(table) || typeof process !== "function") {
    throw new TypeError("This version of GramJS handles messages in another way.");
  }
  const resultId = String(RPCResult.CONSTRUCTOR_ID);
  const handleResult = table[resultId];

  table[resultId] = (message) => {
    if (!isResult(message.obj)) return handleResult?.(message);
    const { reqMsgId, error, body } = message.obj;
    const state = sender._pendingState.getAndDelete(reqMsgId);
    if (error !== undefined) state?.reject(new RpcFailure(error.errorCode, error.errorMessage));
    else if (body !== undefined) settle(state, body);
    return undefined;
  };

  table[String(MessageContainer.CONSTRUCTOR_ID)] = async ({ obj }) => {
    for (const message of isContainer(obj) ? obj.messages : []) {
      try {
        await Reflect.apply(process, sender, [message]);
      } catch (error) {
        // The request that it answers was rejected with this error already; the others must still be heard.
        if (!(error instanceof Error)) throw error;
      }
    }
  };
}
