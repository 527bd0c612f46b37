import { isGuardError, type GuardedClient } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import { say } from "./paint.js";

/** A program, or an agent, tries to write beside the actions: the guard stops it before the wire. */
export async function showRefusedWrite(client: GuardedClient, sandbox: Sandbox): Promise<void> {
  say.step("Try to write without approval");
  const { api } = client.raw;
  const message = new api.messages.SendMessage({ peer: new api.InputPeerSelf(), message: "Nobody approved this" });
  const wrapped = new api.InvokeWithLayer({ layer: 198, query: message });
  for (const [name, request] of [
    ["a raw messages.sendMessage", message],
    ["the same hidden inside invokeWithLayer", wrapped],
  ] as const) {
    try {
      await client.raw.invoke<unknown>(request);
      throw new Error(`The guard let ${name} pass.`);
    } catch (error) {
      if (!isGuardError(error, "write_denied")) throw error;
      say.stopped(`${name}: refused [${error.code}]`);
    }
  }
  const arrived = sandbox.log.filter(({ method }) => method === "messages.sendMessage").length;
  say.good(`Sends that reached the server: ${arrived}`);
}
