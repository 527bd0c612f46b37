// Exports every chat of an account into a folder: the list of chats, the messages of each, and who is in the groups.
// Stop it when you like, by Ctrl-C or by pulling the plug. Started again it goes on where it was, and adds what is new.
//
//   SESSION_NAME=work npx tsx examples/export-everything.ts ~/telegram
//
// On a sandbox: set TG_SANDBOX to its info file in place of SESSION_NAME.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { GuardedClient, isGuardError, visible, type Dialog, type ExportReport } from "tg-guarded";

const [folder = "telegram-export"] = process.argv.slice(2);
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) {
  process.once(name, () => {
    stop.abort(new Error("stopped"));
  });
}
const { signal } = stop;

const client = await GuardedClient.fromEnv();
client.on("wait", ({ text }) => {
  console.error(text);
});
try {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await client.export.dialogs({ to: join(folder, "chats.csv"), signal });
  // The list is taken as it is now: while one exports, chats with new messages would move up in it.
  const chats = await client.read.dialogs({ lane: "bulk", signal }).toArray({ limit: 10_000 });
  for (const chat of chats) console.log(`${visible(chat.title)}: ${await exportChat(chat)}`);
  console.log(`${chats.length} chats are in ${folder}`);
} catch (error) {
  if (error !== signal.reason) throw error;
  console.log("Stopped. Start it again to go on.");
  process.exitCode = 130;
} finally {
  await client.close();
}

async function exportChat({ id, kind }: Dialog): Promise<string> {
  // `media: true` would save the files, too.
  const told = [await exported("messages", client.export.messages(id, { to: join(folder, `${id}.jsonl`), signal }))];
  if (kind === "group" || kind === "supergroup") {
    const to = join(folder, `${id}.members.csv`);
    told.push(await exported("members", client.export.participants(id, { to, includeBots: true, signal })));
  }
  return told.join("; ");
}

/** What is missing is said: an export that looks complete and is not would be worse than none. */
async function exported(what: string, running: Promise<ExportReport>): Promise<string> {
  try {
    const { count, added, missing } = await running;
    return [
      `${count} ${what}, ${added} of them new`,
      ...missing.map(({ count, why }) => `${count} missing: ${why}`),
    ].join(", ");
  } catch (error) {
    // Where only administrators may look, say: no reason to leave out the other chats.
    if (!isGuardError(error, "telegram_error") && !isGuardError(error, "not_a_member")) throw error;
    return `${what} cannot be had: ${error.message}`;
  }
}
