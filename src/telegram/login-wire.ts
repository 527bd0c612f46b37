import { Api } from "telegram/tl/index.js";
import { createCall, type Request } from "../call.js";
import { compose, type Guard, type Next } from "../chain.js";
import { GuardError } from "../errors.js";
import type { Clock } from "../clock.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";
import type { Permit } from "../permit.js";
import type { Redacted } from "../redacted.js";
import type { SessionKey } from "../session/session-string.js";
import type { DataCenter, TelegramServer } from "./data-centers.js";
import { createLink, type Link } from "./link.js";
import { passwordProof } from "./password.js";
import type { Proxy } from "./proxy.js";
import { methodOf } from "./requests.js";
import { createTransport, type Application } from "./transport.js";
import { trustServer } from "./trust.js";

export interface LoginWireOptions {
  readonly server: TelegramServer;
  readonly application: Application;
  readonly proxy?: Redacted<Proxy> | undefined;
  readonly guards: readonly Guard[];
  readonly clock: Clock;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly permit: Permit;
  /** A session that is there already, to be ended. */
  readonly session?: SessionKey;
}

/** A login may wait for so long in all, floods included. */
const PATIENCE_MS = 60_000;
/** Where Telegram sends nearly everybody first; it tells when an account lives elsewhere. */
const FIRST_DC = 2;

/**
 * Telegram as one sees it who is nobody yet: a new key at one data centre, which may turn out to be the wrong one. Every
 * request passes the chain, under the permit.
 */
export class LoginWire {
  readonly api = Api;
  readonly #options: LoginWireOptions;
  readonly #account: string;
  readonly #watchers = new Set<() => void>();
  #dc: DataCenter;
  #link: Link;
  #chain: Next;

  constructor(options: LoginWireOptions) {
    this.#options = options;
    // Floods of one attempt count for the next one, which has another key.
    this.#account = `${trustServer(options.server.publicKeyPem)}:login`;
    const { dcs } = options.server;
    const dcId = options.session?.dcId ?? FIRST_DC;
    const dc = dcs.find(({ id }) => id === dcId) ?? (options.session === undefined ? dcs[0] : undefined);
    if (dc === undefined) throw dataCenterUnknown(dcId);
    this.#dc = dc;
    [this.#link, this.#chain] = this.#open(dc, options.session?.authKey);
  }

  get dcId(): number {
    return this.#dc.id;
  }

  invoke<T>(request: Request<T>, signal: AbortSignal): Promise<T> {
    const { clock, permit } = this.#options;
    const deadline = clock.now() + PATIENCE_MS;
    const method = methodOf(Buffer.from(request.getBytes()));
    const call = { account: this.#account, method, kind: "auth", deadline, signal, permit, request } as const;
    return this.#chain(createCall<T>(call));
  }

  /** Goes on at another data centre, with another key. What the first one knew is lost. */
  async moveTo(dcId: number): Promise<void> {
    const dc = this.#options.server.dcs.find(({ id }) => id === dcId);
    if (dc === undefined) throw dataCenterUnknown(dcId);
    if (dc.id === this.#dc.id) return;
    await this.#link.close();
    this.#dc = dc;
    [this.#link, this.#chain] = this.#open(dc);
  }

  /** Calls when Telegram says that something has happened to the login, or when the connection that would say it is lost. */
  onNews(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  prove(about: Api.account.Password, password: Redacted<string>): Promise<Api.InputCheckPasswordSRP> {
    return passwordProof(about, password);
  }

  /** What the login was for. */
  get key(): SessionKey {
    const { authKey } = this.#link;
    if (authKey === undefined) throw new TypeError("Nobody has logged in yet.");
    return { dcId: this.#dc.id, authKey };
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #open(dc: DataCenter, authKey?: Uint8Array): [Link, Next] {
    const { events, metrics, guards, application, proxy } = this.#options;
    const news = (): void => {
      for (const listener of [...this.#watchers]) listener();
    };
    const link = createLink({
      proxy,
      dc,
      ...(authKey === undefined ? {} : { authKey }),
      events,
      metrics,
      onUpdate: news,
      onLost: news,
    });
    return [link, compose(guards, createTransport({ link, metrics, application }))];
  }
}

const dataCenterUnknown = (dcId: number): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", `Data centre ${dcId} is not in the list of the server's.`, {
    details: { path: "server.dcs" },
    nextStep: "Name all data centres of the server, or none for Telegram's own.",
  });
