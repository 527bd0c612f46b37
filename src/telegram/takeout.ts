import type { Api } from "telegram";
import type { Request } from "../call.js";
import type { Peers } from "./peers.js";
import type { InvokeOptions, Telegram } from "./telegram.js";

/** What the takeout is for: Telegram asks the user about each. */
export interface TakeoutScope {
  readonly messages?: boolean;
  readonly contacts?: boolean;
  readonly files?: boolean;
}

/** The same account; each request goes inside the takeout, whose flood limits are lower. */
export class Takeout implements Telegram {
  readonly #outside: Telegram;
  readonly #id: Api.long;

  private constructor(outside: Telegram, id: Api.long) {
    this.#outside = outside;
    this.#id = id;
  }

  /**
   * Telegram's own way to export (core.telegram.org/api/takeout). It tells the user's other devices of it, and may ask
   * for a delay of up to a day until one of them has agreed.
   *
   * Errors: `flood_wait` with the scope `takeout` when Telegram asks for a delay
   */
  static async open(telegram: Telegram, scope: TakeoutScope, options: InvokeOptions): Promise<Takeout> {
    const { messages = false, contacts = false, files = false } = scope;
    const init = new telegram.api.account.InitTakeoutSession({
      contacts,
      messageUsers: messages,
      messageChats: messages,
      messageMegagroups: messages,
      messageChannels: messages,
      // The two share a flag, and the size is an upper limit: files may have up to 4 GB.
      ...(files ? { files, fileMaxSize: telegram.long(LARGEST_FILE_BYTES) } : {}),
    });
    const { id } = await telegram.invoke(init, { ...options, ...ASKED_FOR });
    return new Takeout(telegram, id);
  }

  get api(): typeof Api {
    return this.#outside.api;
  }

  get long(): Telegram["long"] {
    return this.#outside.long;
  }

  get peers(): Peers {
    return this.#outside.peers;
  }

  get scope(): Telegram["scope"] {
    return this.#outside.scope;
  }

  get selfId(): number | undefined {
    return this.#outside.selfId;
  }

  me(options?: InvokeOptions): Promise<Api.User> {
    return this.#outside.me(options);
  }

  invoke<T>(query: Request<T>, options?: InvokeOptions): Promise<T> {
    const wrapped = new this.api.InvokeWithTakeout({ takeoutId: this.#id, query });
    return this.#outside.invoke(wrapped, options) as Promise<T>;
  }

  /** Tells Telegram that it is over, and whether it went well. */
  async finish(success: boolean, options: InvokeOptions): Promise<void> {
    await this.invoke(new this.api.account.FinishTakeoutSession({ success }), { ...options, ...ASKED_FOR });
  }
}

const LARGEST_FILE_BYTES = "4194304000";

/** It leaves a trace on the user's devices, as whoever asks for a takeout wants. */
const ASKED_FOR = { kind: "read" } as const;
