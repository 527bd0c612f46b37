import { Mutex } from "async-mutex";
import { AuthKey } from "telegram/crypto/AuthKey.js";
import { SecurityError } from "telegram/errors/index.js";
import { abortReason, sleep, systemClock } from "../clock.js";
import { GuardError } from "../errors.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";
import type { DataCenter } from "./data-centers.js";
import type { Redacted } from "../redacted.js";
import type { Proxy } from "./proxy.js";
import { clientClosed } from "./rpc-errors.js";
import { createSender, type Sender } from "./sender.js";

export interface LinkOptions {
  readonly dc: DataCenter;
  /** Without one the first connection makes a new key, together with the server. */
  readonly authKey?: Uint8Array;
  readonly proxy?: Redacted<Proxy> | undefined;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly onUpdate: (update: unknown) => void;
  /** A connection that was up is gone. */
  readonly onLost?: () => void;
  /** For one attempt to connect, in milliseconds. @defaultValue 10_000 */
  readonly connectTimeoutMs?: number;
}

/** A connection that is up. `greeted` once Telegram knows the layer and the application of this session. */
export interface LiveSender extends Sender {
  greeted: boolean;
}

/** Keeps one connection to a data centre: made when first needed, made anew after a loss, alive by pings. */
export interface Link {
  readonly isUp: boolean;
  ready(signal: AbortSignal): Promise<LiveSender>;
  /** The key, once there is one. */
  readonly authKey: Uint8Array | undefined;
  close(): Promise<void>;
}

const ATTEMPTS = 3;
const PAUSE_MS = 250;
const PING_EVERY_MS = 30_000;
const PONG_WITHIN_MS = 15_000;

export function createLink(options: LinkOptions): Link {
  const { dc, proxy, events, metrics, onUpdate, onLost, connectTimeoutMs = 10_000 } = options;
  const turn = new Mutex();
  const closing = new AbortController();
  let authKey = options.authKey;
  let live: LiveSender | undefined;
  let pinger: NodeJS.Timeout | undefined;

  const connectOnce = async (): Promise<LiveSender> => {
    const key = new AuthKey();
    if (authKey !== undefined) await key.setKey(Buffer.from(authKey));
    const sender = createSender({
      dc,
      authKey: key,
      proxy,
      onUpdate,
      onResend: (count) => {
        for (let i = 0; i < count; i++) metrics.resent();
      },
      onLost: () => {
        clearInterval(pinger);
        live = undefined;
        events.emit("connection", { state: "lost" });
        onLost?.();
      },
    });
    try {
      await within(sender.connect(), connectTimeoutMs, closing.signal);
    } catch (error) {
      await sender.close();
      throw error;
    }
    authKey = key.getKey();
    return Object.assign(sender, { greeted: false });
  };

  const connect = async (): Promise<LiveSender> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await connectOnce();
      } catch (error) {
        if (closing.signal.aborted) throw abortReason(closing.signal);
        // GramJS fails now and then at a new key ("invalid new nonce hash"); the next one is another.
        const isDistrusted = error instanceof SecurityError;
        if (attempt === ATTEMPTS) throw isDistrusted ? distrusted(dc, error) : unreachable(dc, error);
        await sleep(systemClock, PAUSE_MS * attempt, closing.signal);
      }
    }
  };

  const keepAlive = (sender: LiveSender): void => {
    pinger = setInterval(() => {
      metrics.pinged();
      within(sender.ping(), PONG_WITHIN_MS, closing.signal).catch(() => {
        if (!closing.signal.aborted) sender.lose();
      });
    }, PING_EVERY_MS);
    pinger.unref();
  };

  return {
    get isUp() {
      return live !== undefined;
    },
    get authKey() {
      return authKey;
    },
    async ready(signal) {
      if (live !== undefined) return live;
      return untilAborted(
        turn.runExclusive(async () => {
          closing.signal.throwIfAborted();
          if (live !== undefined) return live;
          live = await connect();
          keepAlive(live);
          events.emit("connection", { state: "connected" });
          return live;
        }),
        signal,
      );
    },
    async close() {
      if (!closing.signal.aborted) closing.abort(clientClosed("no"));
      clearInterval(pinger);
      await turn.runExclusive(() => live?.close());
      live = undefined;
    },
  };
}

/** Rejects when the work takes longer, or when the signal aborts; leaves neither timer nor listener. */
function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const timer = new AbortController();
  const cancel = systemClock.after(ms, () => {
    timer.abort(new Error(`No answer within ${ms / 1000} s.`));
  });
  return untilAborted(work, AbortSignal.any([timer.signal, signal])).finally(cancel);
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
    });
  });
}

const unreachable = ({ host, port }: DataCenter, cause: unknown): GuardError =>
  new GuardError("server_unreachable", `No connection to ${host}:${port}.`, {
    details: { host, port },
    nextStep: "Check the network, the proxy and the address; with a sandbox, check that it runs.",
    cause,
  });

const distrusted = ({ host, port }: DataCenter, cause: unknown): GuardError =>
  new GuardError("handshake_failed", `${host}:${port} did not prove to be the server it should be.`, {
    details: { host, port },
    nextStep: "Check address and public key. A sandbox has a new key at each start: read its info again.",
    cause,
  });
