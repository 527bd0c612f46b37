import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { approvers, GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { showApprovedSend } from "./approved-send.js";
import { CHAT } from "./chat.js";
import { showCounts } from "./counts.js";
import { showExport } from "./export.js";
import { say } from "./paint.js";
import { showRefusedWrite } from "./refused-write.js";

/** Starts a sandbox and walks through what the guards do, with nothing left behind. */
export async function runDemo(): Promise<void> {
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-demo-"));
  try {
    say.title("tg-guarded: your Telegram account, behind guards");
    say.aside("No account and no network are used: a small Telegram server runs inside this program.");
    await using sandbox = await startSandbox();
    await using client = await GuardedClient.open({
      ...sandbox.clientOptions(),
      dataDir: folder,
      actions: { allow: [CHAT], approver: approvers.callback(answerForTheUser) },
    });
    client.on("wait", ({ text }) => {
      say.aside(text);
    });
    await introduce(client, sandbox.info.port);
    await showExport(client, join(folder, "tidewater-lab.jsonl"));
    await showRefusedWrite(client, sandbox);
    await showApprovedSend(client, sandbox);
    showCounts(client, sandbox);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say.title(
    `Done in ${((performance.now() - began) / 1000).toFixed(1)} s. README.md shows how to use it in your own program.\n`,
  );
}

async function introduce(client: GuardedClient, port: number): Promise<void> {
  const me = await client.read.me();
  say.step("Connect over MTProto 2.0");
  say.good(`127.0.0.1:${port}, as ${me.firstName ?? ""} ${me.lastName ?? ""} (@${me.username ?? ""})`);
}

/** In real life a person decides here: on a terminal, in another window, or on a phone. */
function answerForTheUser(): boolean {
  say.aside("A person is asked now. In this demo the answer is yes.");
  return true;
}
