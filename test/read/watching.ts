import { GuardedClient, memoryStore, type StateStore, type WatchedMessage } from "tg-guarded";
import { startSandbox, type Sandbox, type SandboxOptions } from "tg-guarded/testing";

export interface Watching extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: GuardedClient;
  readonly store: StateStore;
  /** Somebody else writes there; the id of the message. */
  readonly post: (chat: string, text: string, extra?: { readonly unannounced?: true }) => number;
  readonly idOf: (chat: string) => number;
  /** The methods that arrived at the sandbox while this was done. */
  readonly methodsOf: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

export const LAB = "@tidewater_lab";
export const GAZETTE = "@harbour_gazette";
export const FAMILY = "Family 🏡";
export const LIV = "@liv_paints";

/** Who writes in the groups. */
const AUTHORS: Readonly<Record<string, string>> = { [LAB]: "@kenta_nakamura", [FAMILY]: LIV };

const openWatcher = (sandbox: Sandbox, store: StateStore): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), store, limits: { mode: "off" }, receiveUpdates: true });

/** A client that receives updates, over TCP on a sandbox of its own. */
export async function openWatching(options: SandboxOptions = {}): Promise<Watching> {
  const sandbox = await startSandbox(options);
  const store = memoryStore();
  const client = await openWatcher(sandbox, store);
  return {
    sandbox,
    client,
    store,
    post: (chat, text, extra) => {
      const from = AUTHORS[chat];
      return sandbox.world.post(chat, { ...(from === undefined ? {} : { from }), text, ...extra });
    },
    idOf: (chat) => sandbox.world.chat(chat).id,
    methodsOf: async (work) => {
      const before = sandbox.log.length;
      await work();
      return sandbox.log.slice(before).map(({ method }) => method);
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await sandbox.close();
    },
  };
}

/** The next so many messages. */
export async function next(watch: AsyncIterable<WatchedMessage>, count: number): Promise<WatchedMessage[]> {
  const found: WatchedMessage[] = [];
  for await (const message of watch) if (found.push(message) === count) return found;
  throw new Error("The watch ended by itself.");
}

export const textsOf = (messages: readonly WatchedMessage[]): readonly string[] => messages.map(({ text }) => text);

/** The texts of each chat, by its id. */
export function textsByChat(messages: readonly WatchedMessage[]): Readonly<Record<number, readonly string[]>> {
  const found: Record<number, string[]> = {};
  for (const { chatId, text } of messages) (found[chatId] ??= []).push(text);
  return found;
}
