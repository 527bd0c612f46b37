import type { AuthKey } from "telegram/crypto/AuthKey.js";
import { BadMessageError } from "telegram/errors/index.js";
import { returnBigInt } from "telegram/Helpers.js";
import { ConnectionTCPFull } from "telegram/network/connection/TCPFull.js";
import type { RequestState } from "telegram/network/RequestState.js";
import { Api } from "telegram/tl/index.js";
import { abortReason } from "../clock.js";
import type { DataCenter } from "./data-centers.js";
import { AbandonedUnsent, ConnectionBroken, KeyUnknown } from "./failures.js";
import { constructSender, queueOf, replaceHandlers, silent } from "./sender-internals.js";
import type { Redacted } from "../redacted.js";
import type { Proxy } from "./proxy.js";
import { NoDelaySocket } from "./socket.js";

export interface SenderOptions {
  readonly dc: DataCenter;
  readonly authKey: AuthKey;
  readonly proxy?: Redacted<Proxy> | undefined;
  /** The connection is gone, and everything pending was rejected; the sender is of no more use. */
  readonly onLost: () => void;
  readonly onUpdate: (update: unknown) => void;
  /** Requests sent again because the server surely did not execute them: bad salt, bad message id. */
  readonly onResend: (count: number) => void;
}

/** One connection with one MTProto session. It never reconnects and never repeats what may have been executed. */
export interface Sender {
  /** Opens the connection and, when the key is new, makes it together with the server. */
  connect(): Promise<void>;
  /** Sends the request; its bytes were fixed when the state was made. */
  run(state: RequestState, signal: AbortSignal): Promise<unknown>;
  ping(): Promise<void>;
  /** Gives the connection up as if it had broken: it does not answer. */
  lose(): void;
  close(): Promise<void>;
}

/** After this long without a ping the server closes the connection by itself. */
const DISCONNECT_DELAY_SECONDS = 75;

/** GramJS would have a send carried out only after the one before it, and fail with that: each was approved by itself. */
function unchain(states: readonly RequestState[]): void {
  for (const state of states) state.after = undefined;
}

/** Whether the server has seen a message before, it can tell for a while only. */
const TOO_OLD_TO_VERIFY = 20;

/** A message that the server refused as such was not carried out (core.telegram.org/mtproto/service_messages_about_messages). */
const judged = (error: unknown): unknown =>
  error instanceof BadMessageError ? new ConnectionBroken(error["code"] === TOO_OLD_TO_VERIFY, false) : error;

const NOT_MADE = "The connection could not be made.";

/** GramJS's form of it. What goes wrong there carries the password in its error, so that is not passed on. */
const socksOf = ({ host, ...rest }: Proxy) => ({ ip: host, socksType: 5 as const, timeout: 10, ...rest });

/**
 * Uses GramJS's MTProto sender without its client, which hides requests, sleeps and timers of its own. What the sender
 * would still do behind our back is taken out: reconnecting, and sending again what the server may have executed.
 */
export function createSender({ dc, authKey, proxy, onLost, onUpdate, onResend }: SenderOptions): Sender {
  let failure: Error | undefined;
  let over = false;
  const sender = constructSender(authKey, dc.id, {
    onError: (error) => {
      failure = error;
    },
    onUpdate,
    onForgottenKey: () => {
      lose(new KeyUnknown());
    },
  });
  const connection = new ConnectionTCPFull({
    ip: dc.host,
    port: dc.port,
    dcId: dc.id,
    loggers: silent,
    socket: NoDelaySocket,
    testServers: false,
    ...(proxy === undefined ? {} : { proxy: socksOf(proxy.expose()) }),
  });
  const queue = queueOf(sender);
  const queued = (): (RequestState | undefined)[] => queue.values() as (RequestState | undefined)[];

  const rejectPending = (onPurpose: boolean, cause?: Error): void => {
    for (const state of sender._pendingState.values()) state.reject(cause ?? new ConnectionBroken(true, onPurpose));
    for (const state of queued()) {
      state?.reject(cause ?? new ConnectionBroken(state.msgId !== undefined, onPurpose));
    }
    sender._pendingState.clear();
    // Wakes the send loop, which then sees that it is over.
    queue.clear();
  };

  const hangUp = async (): Promise<void> => {
    await sender.disconnect();
    await connection.socket.close();
  };

  const stop = async (onPurpose: boolean, cause?: Error): Promise<void> => {
    over = true;
    sender.userDisconnected = true;
    rejectPending(onPurpose, cause);
    await hangUp();
  };

  const lose = (cause?: Error): void => {
    if (over) return;
    stop(false, cause).then(onLost, onLost);
  };

  const extend = queue.extend.bind(queue);
  queue.extend = (states) => {
    onResend(states.length);
    extend(states);
    unchain(states);
  };
  sender.reconnect = () => {
    lose();
  };
  replaceHandlers(sender);

  /** Takes the request back; true when it may have left already. */
  const withdraw = (state: RequestState): boolean => {
    const place = queued().indexOf(state);
    if (place >= 0) queued().splice(place, 1);
    if (state.msgId !== undefined) sender._pendingState.delete(state.msgId);
    return place < 0;
  };

  return {
    async connect() {
      if (await sender.connect(connection, false)) {
        if (!over) return;
        // Closed meanwhile: behind a proxy the connection still comes up.
        await hangUp();
        throw new ConnectionBroken(false, true);
      }
      await stop(false);
      throw proxy === undefined ? (failure ?? new Error(NOT_MADE)) : new Error(failure?.message ?? NOT_MADE);
    },
    run(state, signal) {
      if (over) return Promise.reject(new ConnectionBroken(false, false));
      if (signal.aborted) return Promise.reject(new AbandonedUnsent(abortReason(signal)));
      const onAbort = (): void => {
        const reason = abortReason(signal);
        state.reject(withdraw(state) ? reason : new AbandonedUnsent(reason));
      };
      signal.addEventListener("abort", onAbort, { once: true });
      sender.addStateToQueue(state);
      unchain([state]);
      return Promise.resolve(state.promise)
        .catch((error: unknown) => {
          throw judged(error);
        })
        .finally(() => {
          signal.removeEventListener("abort", onAbort);
        });
    },
    async ping() {
      const pingId = returnBigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
      await sender.send(new Api.PingDelayDisconnect({ pingId, disconnectDelay: DISCONNECT_DELAY_SECONDS }));
    },
    lose: () => {
      lose();
    },
    close: () => (over ? Promise.resolve() : stop(true)),
  };
}
