import { LAYER } from "telegram/tl/AllTLObjects.js";
import { Api } from "telegram/tl/index.js";
import { RequestState } from "telegram/network/RequestState.js";
import type { Call } from "../call.js";
import type { Next } from "../chain.js";
import { claimCovers } from "../claim.js";
import { abortReason } from "../clock.js";
import { GuardError } from "../errors.js";
import { isPermit } from "../permit.js";
import type { Metrics } from "../metrics.js";
import { AbandonedUnsent, RpcFailure } from "./failures.js";
import type { Link, LiveSender } from "./link.js";
import { classOf } from "./method-table.js";
import { methodOf } from "./requests.js";
import { explainFailure, UNGREETED } from "./rpc-errors.js";
import { LARGEST_BYTES } from "./sender-internals.js";

/** How this program presents itself to Telegram. */
export interface Application {
  readonly apiId: number;
  readonly deviceModel: string;
  readonly systemVersion: string;
  readonly appVersion: string;
  readonly langCode: string;
}

export interface TransportOptions {
  readonly link: Link;
  readonly metrics: Metrics;
  readonly application: Application;
}

/**
 * The end of the chain: sends the call and brings the answer. It judges the very bytes that leave, once more and by
 * themselves, so that no guard can put another request under a claim.
 */
export function createTransport({ link, metrics, application }: TransportOptions): Next {
  return async function transport<T>(call: Call<T>): Promise<T> {
    const state = serialize(call);
    verify(call, state.data);
    try {
      const sender = await ready(link, call.signal);
      if (!sender.greeted) state.data = introduce(state.data, application);
      if (state.data.length > LARGEST_BYTES) throw tooLarge(call.method, state.data.length);
      metrics.sent(call.method);
      return (await run(sender, state, call.signal)) as T;
    } catch (error) {
      throw explainFailure(call, error);
    }
  };
}

/** Fixes the bytes: from here on nothing can change what is sent. */
function serialize(call: Call): RequestState {
  const state: unknown = Reflect.construct(RequestState, [call.request]);
  if (state instanceof RequestState) return state;
  throw new TypeError("GramJS made no request state.");
}

function verify(call: Call, bytes: Buffer): void {
  const method = methodOf(bytes);
  const methodClass = classOf(method);
  if (methodClass === "read" || (methodClass === "trace" && call.kind === "read")) return;
  if (methodClass === "login" && isPermit(call.permit)) return;
  const changes = methodClass === "write" || methodClass === "danger" || methodClass === "trace";
  if (changes && claimCovers(call.claim, bytes)) return;
  throw new GuardError("claim_mismatch", `${method} was stopped at the wire: no approved action covers this request.`, {
    details: { method },
    nextStep: "A guard must pass on a write exactly as it came; use client.actions for another one.",
  });
}

const tooLarge = (method: string, bytes: number): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `The request ${method} has ${bytes} bytes; ${LARGEST_BYTES} can be sent at once.`, {
    details: { path: method },
    nextStep: "Ask in parts: fewer ids, or a shorter text.",
  });

async function ready(link: Link, signal: AbortSignal): Promise<LiveSender> {
  try {
    return await link.ready(signal);
  } catch (error) {
    throw signal.aborted ? new AbandonedUnsent(abortReason(signal)) : error;
  }
}

/** The first requests of a connection carry the layer and the application, so that no request is needed just for that. */
function introduce(bytes: Buffer, { apiId, ...application }: Application): Buffer {
  const query = { getBytes: () => bytes };
  const introduction = new Api.InitConnection({ apiId, ...application, systemLangCode: "en", langPack: "", query });
  return new Api.InvokeWithLayer({ layer: LAYER, query: introduction }).getBytes();
}

async function run(sender: LiveSender, state: RequestState, signal: AbortSignal): Promise<unknown> {
  try {
    const answer = await sender.run(state, signal);
    sender.greeted = true;
    return answer;
  } catch (error) {
    if (error instanceof RpcFailure) sender.greeted = !UNGREETED.has(error.message);
    throw error;
  }
}
