import { GuardedClient, memoryStore, type ClientOptions } from "tg-guarded";
import { startSandbox, type Sandbox, type SandboxOptions } from "tg-guarded/testing";
import { methodsOf } from "../support/methods-of.js";

export interface Reader extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: GuardedClient;
  readonly read: GuardedClient["read"];
  /** The methods that arrived at the sandbox while this was done. */
  readonly methodsOf: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** A client over TCP on a sandbox of its own, as fast as it goes. */
export async function openReader(options: SandboxOptions = {}, more: Partial<ClientOptions> = {}): Promise<Reader> {
  const sandbox = await startSandbox(options);
  const client = await openClient(sandbox, more);
  return {
    sandbox,
    client,
    read: client.read,
    methodsOf: (work) => methodsOf(sandbox, work),
    async [Symbol.asyncDispose]() {
      await client.close();
      await sandbox.close();
    },
  };
}

export const openClient = (sandbox: Sandbox, more: Partial<ClientOptions> = {}): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore(), limits: { mode: "off" }, ...more });

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
