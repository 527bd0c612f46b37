import { afterEach, beforeEach, expect } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { RawClient } from "./raw-client.js";

/** A request that any client may make, and that changes nothing. */
export const nearest = { _: "help.getNearestDc" };

export interface RawDesk {
  readonly sandbox: Sandbox;
  /** Logged in to the first account. */
  readonly client: RawClient;
}

/** For each test beside the call, a sandbox of a generated world of its own; it must have had no problems. */
export function rawDesk({ messages = 10 }: { readonly messages?: number } = {}): RawDesk {
  let sandbox: Sandbox;
  let client: RawClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ world: { generated: { messages, participants: 3 } } });
    client = await RawClient.loggedIn(sandbox.info);
  });

  afterEach(async () => {
    client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  return {
    get sandbox() {
      return sandbox;
    },
    get client() {
      return client;
    },
  };
}
