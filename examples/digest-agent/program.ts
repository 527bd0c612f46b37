// An agent that reads the chats with unread messages by the tools of tgmcp-read, and writes a digest to oneself, after
// somebody has read and approved it. The model is a function: here one of a few rules, elsewhere one that asks a language
// model, with the tools as they come and the turns as its messages.
//
// For your own account: `GuardedClient.fromEnv({ actions })` in place of the lines with the sandbox, and
// `approvers.terminal()`, which asks you.
import { approvers, describeProposal, GuardedClient } from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { readDigest, sendDigest, type Model, type Turn } from "./agent.js";

interface Dialogs {
  readonly dialogs: readonly { readonly id: number; readonly title: string; readonly unread_count?: number }[];
}
interface Messages {
  readonly messages: readonly { readonly text?: string }[];
}

/** Lists the chats, reads what is unread in the first three of them, and counts. */
const model: Model = (_tools, turns) => {
  const [list, ...read] = turns;
  if (list === undefined) return { tool: "tg_get_my_dialogs", args: { limit: 50, dialog_type: "group" } };
  const unread = (JSON.parse(list.answer) as Dialogs).dialogs.filter(({ unread_count: count = 0 }) => count > 0);
  const chosen = unread.slice(0, 3);
  const next = chosen[read.length];
  if (next !== undefined)
    return { tool: "tg_get_messages", args: { group: String(next.id), limit: next.unread_count } };
  return {
    digest: ["Unread today", ...chosen.map(({ title }, index) => `${title}: ${wordsIn(read[index])} words`)].join("\n"),
  };
};

const wordsIn = (turn: Turn | undefined): number =>
  (JSON.parse(turn?.answer ?? '{"messages":[]}') as Messages).messages
    .flatMap(({ text = "" }) => text.split(/\s+/))
    .filter((word) => word !== "").length;

await using sandbox = await startSandbox();
await using client = await GuardedClient.open({
  ...sandbox.clientOptions(),
  actions: {
    allow: ["me"],
    approver: approvers.callback((proposal) => {
      console.log(describeProposal(proposal));
      return true; // A person reads that, and says so.
    }),
  },
});

const digest = await readDigest(client, model);
console.log(`sent as message ${await sendDigest(client, digest)}`);
