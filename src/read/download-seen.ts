import type { Api } from "telegram";
import type { Request } from "../call.js";
import type { Peers } from "../telegram/peers.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import { remoteFileOf, type RemoteFile } from "./download-file.js";

const PAGES: ReadonlySet<unknown> = new Set([
  "messages.Messages",
  "messages.MessagesSlice",
  "messages.ChannelMessages",
] satisfies Api.messages.TypeMessages["className"][]);

/**
 * The same account; it keeps where the files are that come with messages. Messages of ours do not tell that: it is of use
 * for hours only, and nobody's business.
 */
export class SeenFiles implements Telegram {
  readonly #telegram: Telegram;
  readonly #files = new Map<number, RemoteFile>();

  constructor(telegram: Telegram) {
    this.#telegram = telegram;
  }

  get api(): typeof Api {
    return this.#telegram.api;
  }

  get long(): Telegram["long"] {
    return this.#telegram.long;
  }

  get peers(): Peers {
    return this.#telegram.peers;
  }

  get scope(): Telegram["scope"] {
    return this.#telegram.scope;
  }

  get selfId(): number | undefined {
    return this.#telegram.selfId;
  }

  me(options?: InvokeOptions): Promise<Api.User> {
    return this.#telegram.me(options);
  }

  async invoke<T>(request: Request<T>, options?: InvokeOptions): Promise<T> {
    const answer = await this.#telegram.invoke(request, options);
    if (hasMessages(answer)) this.#keep(answer.messages);
    return answer;
  }

  /** The file of a message of the one chat that this is used for. */
  fileOf(messageId: number): RemoteFile | undefined {
    return this.#files.get(messageId);
  }

  /** What was seen is dealt with. */
  forget(): void {
    this.#files.clear();
  }

  #keep(messages: readonly Api.TypeMessage[]): void {
    for (const message of messages) {
      const file = remoteFileOf(this, message);
      if (file !== undefined) this.#files.set(message.id, file);
    }
  }
}

const hasMessages = (answer: unknown): answer is { readonly messages: readonly Api.TypeMessage[] } =>
  typeof answer === "object" && answer !== null && "className" in answer && PAGES.has(answer.className);
