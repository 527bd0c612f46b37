import { GuardedClient, type ClientOptions } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

/** The demo world, a client of it, and a folder to export to. */
export async function opened(limits: ClientOptions["limits"] = { mode: "off" }) {
  const folder = await tempFolder();
  const sandbox = await startSandbox();
  const client = await GuardedClient.open({ ...sandbox.clientOptions(), limits });
  return {
    folder,
    sandbox,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await sandbox[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
