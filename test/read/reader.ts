import { GuardedClient, memoryStore, type StateStore } from "tg-guarded";
import { startSandbox, type Sandbox, type SandboxOptions } from "tg-guarded/testing";

export interface Reader extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: GuardedClient;
  readonly read: GuardedClient["read"];
  /** The methods that arrived at the sandbox while this was done. */
  readonly methodsOf: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** A client over TCP on a sandbox of its own, as fast as it goes. */
export async function openReader(options: SandboxOptions = {}): Promise<Reader> {
  const sandbox = await startSandbox(options);
  const client = await openClient(sandbox, memoryStore());
  return {
    sandbox,
    client,
    read: client.read,
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

export const openClient = (sandbox: Sandbox, store: StateStore): Promise<GuardedClient> =>
  GuardedClient.open({ ...sandbox.clientOptions(), store, limits: { mode: "off" } });

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
