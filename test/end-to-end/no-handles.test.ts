import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../support/temp-folder.js";

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("../../dist/index.js", import.meta.url));

it("After close nothing keeps a process alive, whatever the client has done", async () => {
  await using sandbox = await startSandbox();
  await using folder = await tempFolder();
  const options = { ...sandbox.clientOptions(), dataDir: folder.file("data"), receiveUpdates: true };
  const [account] = sandbox.info.accounts;
  const program = `
    import { GuardedClient, logIn, approvers, openSessions } from ${JSON.stringify(PACKAGE)};
    const options = ${JSON.stringify(options)};
    const { apiId, apiHash, server, dataDir } = options;
    const prompts = { phone: async () => ${JSON.stringify(account?.phone)}, code: async () => ${JSON.stringify(account?.code)} };
    const loggedIn = await logIn({ apiId, apiHash, server, prompts });
    await openSessions({ dataDir }).write("work", loggedIn);
    const actions = { allow: ["me"], approver: approvers.callback(() => true) };
    const client = await GuardedClient.open({ ...options, session: "work", actions });
    await client.read.messages("@tidewater_lab", { limit: 5 }).toArray();
    await client.actions.sendMessage({ chat: "me", text: "to myself" }, { confirm: true });
    const watch = client.read.watch("@tidewater_lab")[Symbol.asyncIterator]();
    const next = watch.next().catch(() => undefined);
    await client.close();
    await next;
    await new Promise((resolve) => setImmediate(resolve));
    const kept = process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|TTYWrap|Immediate|CloseReq)$/.test(name));
    process.stdout.write(JSON.stringify(kept));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { timeout: 100_000 });
  expect(JSON.parse(stdout)).toEqual([]);
});
