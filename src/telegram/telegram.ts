import type { Api } from "telegram";
import type { Call, Request } from "../call.js";
import type { Chat } from "../models/chat.js";
import type { Addressing } from "./peer.js";
import type { Peers } from "./peers.js";
import type { UpdateFeed } from "./updates-feed.js";

/** How one request is to be treated on its way. */
export type InvokeOptions = Partial<
  Pick<
    Call,
    "kind" | "replay" | "quota" | "units" | "chat" | "lane" | "claim" | "permit" | "deadline" | "signal" | "attempt"
  >
>;

/** Which chats may be read. */
export interface Scope {
  /** Looks up what its rules name, where that is not known. */
  ready(telegram: Telegram, call: InvokeOptions): Promise<void>;
  /** After `ready`. */
  allows(chat: Pick<Chat, "id" | "kind" | "isBot">): boolean;
}

/** What operations use to speak with Telegram: every request goes through the whole chain. */
export interface Telegram extends Addressing {
  readonly peers: Peers;
  /** The account's own id, once it is known. */
  readonly selfId: number | undefined;
  /** What may be read; absent where everything may. */
  readonly scope: Scope | undefined;
  /** Absent when the client does not receive updates. */
  readonly updates?: UpdateFeed | undefined;
  invoke<T>(request: Request<T>, options?: InvokeOptions): Promise<T>;
  /** The account itself. */
  me(options?: InvokeOptions): Promise<Api.User>;
}
