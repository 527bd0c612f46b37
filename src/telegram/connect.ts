import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { createCall, type CallKind, type Request } from "../call.js";
import { compose, type Guard, type Next } from "../chain.js";
import { GuardError, isGuardError } from "../errors.js";
import type { Clock } from "../clock.js";
import type { Events } from "../events.js";
import type { Metrics } from "../metrics.js";
import type { Redacted } from "../redacted.js";
import type { SessionKey } from "../session/session-string.js";
import type { StateStore } from "../stores/store.js";
import type { DataCenter, TelegramServer } from "./data-centers.js";
import { Identity } from "./identity.js";
import { createLink, type Link } from "./link.js";
import { classOf } from "./method-table.js";
import { PeerCache } from "./peer-cache.js";
import type { Proxy } from "./proxy.js";
import { Peers } from "./peers.js";
import { methodOf } from "./requests.js";
import { sessionDead } from "./rpc-errors.js";
import type { InvokeOptions, Scope, Telegram } from "./telegram.js";
import { createTransport, type Application } from "./transport.js";
import { trustServer } from "./trust.js";
import { UpdateFeed } from "./updates-feed.js";
import { isUpdates } from "./updates-form.js";

export interface ConnectOptions {
  readonly session: SessionKey;
  readonly server: TelegramServer;
  readonly application: Application;
  readonly proxy?: Redacted<Proxy> | undefined;
  /** The guards of every call, given the connection that it leaves by. */
  readonly guards: (connection: Pick<Link, "isUp" | "ready">) => readonly Guard[];
  readonly store: StateStore;
  readonly clock: Clock;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly receiveUpdates: boolean;
  readonly scope?: Scope | undefined;
  /** The account has become known; until then its state was kept under `from`. */
  readonly onIdentified: (from: string, to: string) => Promise<void>;
}

/** An interactive call answers within a minute or fails; bulk work waits as long as it must. */
const INTERACTIVE_MS = 60_000;

/** Telegram as one account sees it. Connects when the first request needs it. */
export class Connection implements Telegram {
  readonly api = Api;
  readonly long = returnBigInt;
  readonly peers: Peers;
  readonly updates: UpdateFeed | undefined;
  readonly scope: Scope | undefined;
  readonly #link: Link;
  readonly #chain: Next;
  readonly #identity: Identity;
  readonly #clock: Clock;
  #dead: GuardError<"session_dead"> | undefined;
  readonly #onIdentified: ConnectOptions["onIdentified"];

  private constructor(options: ConnectOptions, serverName: string) {
    const { session, server, application, guards, store, clock, events, metrics } = options;
    this.#clock = clock;
    this.scope = options.scope;
    this.#onIdentified = options.onIdentified;
    this.#link = createLink({
      dc: dataCenter(server, session.dcId),
      authKey: session.authKey,
      proxy: options.proxy,
      events,
      metrics,
      onUpdate: (update) => {
        this.#take(update);
      },
      onLost: () => this.updates?.lost(),
    });
    this.#chain = compose(guards(this.#link), createTransport({ link: this.#link, metrics, application }));
    this.#identity = new Identity(store, serverName, session.authKey);
    this.peers = new Peers(this, new PeerCache(store, () => this.account));
    this.updates = options.receiveUpdates ? new UpdateFeed(this, clock, events) : undefined;
  }

  /** Asks Telegram who the account is, unless the store knows this session. */
  static async open(options: ConnectOptions): Promise<Connection> {
    const connection = new Connection(options, trustServer(options.server.publicKeyPem));
    try {
      if (!(await connection.#identity.recall())) await connection.me();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Under which this account's state is kept. */
  get account(): string {
    return this.#identity.account;
  }

  get selfId(): number | undefined {
    return this.#identity.id;
  }

  /** Why the session is of no more use, once Telegram has said so. */
  get dead(): GuardError<"session_dead"> | undefined {
    return this.#dead;
  }

  async invoke<T>(request: Request<T>, init: InvokeOptions = {}): Promise<T> {
    if (this.#dead !== undefined) throw this.#dead;
    const method = methodOf(bytesOf(request));
    const deadline = init.lane === "bulk" ? Infinity : this.#clock.now() + INTERACTIVE_MS;
    const call = createCall({ account: this.account, method, kind: kindOf(method), deadline, ...init, request });
    try {
      const answer = await this.#chain(call);
      this.#take(answer);
      return answer;
    } catch (error) {
      if (isGuardError(error, "session_dead")) this.#dead = error;
      throw error;
    }
  }

  async me(init: InvokeOptions = {}): Promise<Api.User> {
    const users = await this.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }), init);
    const [self] = users;
    if (self?.className !== "User") throw sessionDead("AUTH_KEY_UNREGISTERED");
    this.peers.learn(users, []);
    const from = this.account;
    await this.#identity.learn(self.id.toJSNumber());
    if (this.account !== from) await this.#onIdentified(from, this.account);
    await this.peers.keep([self.id.toJSNumber()]);
    return self;
  }

  /** What this account does itself is told in the answer alone. */
  #take(arrived: unknown): void {
    if (this.updates !== undefined && isUpdates(arrived)) this.updates.take(arrived);
  }

  close(): Promise<void> {
    this.updates?.close();
    return this.#link.close();
  }
}

/** What only tells is a read; everything else needs a claim or the login permit, a trace included. */
function kindOf(method: string): CallKind {
  const methodClass = classOf(method);
  if (methodClass === "login") return "auth";
  return methodClass === "read" ? "read" : "write";
}

function bytesOf(request: Request<unknown>): Buffer {
  try {
    return Buffer.from(request.getBytes());
  } catch (cause) {
    throw new GuardError(
      "input_invalid",
      `The request ${request.className} cannot be written: a field is missing or wrong.`,
      {
        details: { path: request.className },
        nextStep: "Compare its fields with the schema of layer 198.",
        cause,
      },
    );
  }
}

function dataCenter({ dcs }: TelegramServer, id: number): DataCenter {
  const found = dcs.find((dc) => dc.id === id);
  if (found !== undefined) return found;
  throw new GuardError(
    "session_invalid",
    `The session belongs to data centre ${id}, which this server does not have.`,
    {
      details: { session: `data centre ${id}`, reason: "elsewhere" },
      nextStep: "Use the session with the server it was made on: a sandbox's session works with that sandbox alone.",
    },
  );
}
