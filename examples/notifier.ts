// Tells one chat what a cron job or a server has to say, and can say nothing else to nobody else.
//
// No person is asked, and none is pretended: what a person decided, once and beforehand, is a chat and a form of words.
// A policy refuses every other form already at the preview, and the approver approves what has this form and no link, for
// this one chat. `callback(() => true)` would approve whatever somebody gets this program to say, to whomever.
//
// For your own account: `GuardedClient.fromEnv({ actions })` in place of the lines with the sandbox.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { approvers, GuardedClient, isGuardError, type ActionsOptions, type Proposal } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

const CHAT = "@tidewater_lab";
/** "backup: ok, 12 GB": a name, a state, and a few words without any sign that could become a link or a mention. */
const FORM = /^[a-z][a-z-]{1,20}: (ok|late|failed)(, [\w ,%-]{1,80})?$/;

const hasForm = ({ operation, targets, text = "", links = [], warnings }: Proposal): boolean =>
  operation === "sendMessage" && targets.length === 1 && FORM.test(text) && links.length === 0 && warnings.length === 0;

const actions: ActionsOptions = {
  allow: [CHAT],
  policies: [
    (proposal) => {
      if (!hasForm(proposal)) throw new Error("A notice has the form `name: ok|late|failed, a few words`.");
    },
  ],
  approver: approvers.callback(hasForm, { ttlMs: 60_000 }),
};

interface Notice {
  readonly text: string;
  /** One for each event: a job that runs twice for one event tells of it once. */
  readonly key: string;
}

/** Sends a notice once. What cannot go out now, since today's quota is used up, is kept and goes out before the next one. */
async function notify(client: GuardedClient, file: string, notice: Notice): Promise<string> {
  // What has not the form is refused at once: kept, it would stand in the way of all that come after it.
  await preview(client, notice);
  const waiting = [...(await kept(file)), notice];
  let told = "";
  try {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      told = await send(client, next);
      waiting.shift();
    }
    return told;
  } catch (error) {
    if (!isGuardError(error, "quota_exceeded")) throw error;
    return `kept, as number ${waiting.length}: ${error.message}`;
  } finally {
    // Killed just before, it would send some of them again: their keys prevent that.
    await writeFile(file, waiting.map((left) => `${JSON.stringify(left)}\n`).join(""));
  }
}

/** The key is part of what makes two messages the same; so is the text. */
const preview = (client: GuardedClient, { text, key }: Notice) =>
  client.actions.sendMessage({ chat: CHAT, text, idempotencyKey: key });

async function send(client: GuardedClient, notice: Notice): Promise<string> {
  try {
    const outcome = await (await preview(client, notice)).execute();
    return outcome.status === "done" ? `sent as message ${outcome.result.messageId}` : outcome.status;
  } catch (error) {
    if (isGuardError(error, "already_done")) return "sent before";
    throw error;
  }
}

async function kept(file: string): Promise<Notice[]> {
  const lines = (await readFile(file, { encoding: "utf8", flag: "a+" })).split("\n");
  return lines.flatMap((line) => (line === "" ? [] : (JSON.parse(line) as Notice)));
}

const folder = await mkdtemp(join(tmpdir(), "tg-guarded-example-"));
const file = join(folder, "notices.jsonl");
await using sandbox = await startSandbox();

const monday = await GuardedClient.open({ ...sandbox.clientOptions(), actions, limits: { groupMessages: 2 } });
for (const notice of [
  { text: "backup: ok, 12 GB in 31 minutes", key: "backup of Sunday" },
  { text: "backup: ok, 12 GB in 31 minutes", key: "backup of Sunday" },
  { text: "backup: ok, 12 GB in 31 minutes", key: "backup of Monday" },
  { text: "disk: late, 3% left", key: "disk on Monday" },
  { text: "You have won: https://example.org", key: "not ours" },
]) {
  console.log(await notify(monday, file, notice).catch((error: unknown) => `refused: ${String(error)}`));
}
await monday.close();

// There is room again.
const tuesday = await GuardedClient.open({ ...sandbox.clientOptions(), actions, limits: { groupMessages: 10 } });
console.log(await notify(tuesday, file, { text: "backup: failed", key: "backup of Tuesday" }));
for await (const { text } of tuesday.read.messages(CHAT, { limit: 4 })) console.log(`- ${text}`);
await tuesday.close();
await rm(folder, { recursive: true });
