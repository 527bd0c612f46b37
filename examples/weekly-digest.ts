// What was said in all groups within a week: who wrote how much, and what was read most.
import { GuardedClient, type Dialog, type Message } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";

await using sandbox = await startSandbox();
await using client = await GuardedClient.open(sandbox.clientOptions());

const WEEK_MS = 7 * 86_400_000;

const groups = await client.read.dialogs({ type: "group" }).toArray({ limit: 50 });
// The sandbox's people stopped writing some time ago: the week is the last one in which they did.
const newest =
  groups
    .map(({ lastMessageDate = "" }) => lastMessageDate)
    .sort()
    .at(-1) ?? "";
const since = new Date(Date.parse(newest) - WEEK_MS);

for (const group of groups) {
  const messages = await client.read.messagesSince(group.id, since, { lane: "bulk", limit: 500 }).toArray();
  const written = messages.filter(({ type }) => type === "message");
  if (written.length > 0) console.log(summary(group, written));
}

function summary({ title }: Dialog, messages: readonly Message[]): string {
  const byAuthor = new Map<string, number>();
  for (const { senderName = "somebody" } of messages) byAuthor.set(senderName, (byAuthor.get(senderName) ?? 0) + 1);
  const [busiest] = [...byAuthor].sort(([, many], [, few]) => few - many);
  return `${JSON.stringify(title)}: ${messages.length} messages by ${byAuthor.size} people, most by ${busiest?.[0] ?? "nobody"}`;
}
