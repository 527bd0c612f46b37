import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import type { GuardedClient } from "tg-guarded";
import { createReadServer } from "tg-guarded/mcp-read";

/** What the model has said and seen so far: what it asked for, and what the tool answered. */
export interface Turn {
  readonly tool: string;
  readonly args: Record<string, unknown>;
  /** JSON. What its `untrusted` names was written by strangers. */
  readonly answer: string;
}

/** What the model wants next: a tool, or to be done. */
export type Move = { readonly tool: string; readonly args: Record<string, unknown> } | { readonly digest: string };

/** A language model behind a function: it is told the tools and the turns so far, and says what it wants. */
export type Model = (tools: readonly Tool[], turns: readonly Turn[]) => Move | Promise<Move>;

/** So many tools at the most: a model that goes round in circles costs time and requests. */
const MOST_TURNS = 30;

/**
 * Lets the model read until it has a digest. It is given the reading server alone: whatever a message may tell it to do,
 * it has no tool that writes.
 */
export async function readDigest(client: GuardedClient, model: Model): Promise<string> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const server = createReadServer(client);
  const host = new Client({ name: "digest-agent", version: "1.0.0" });
  await Promise.all([server.connect(far), host.connect(near)]);
  try {
    const { tools } = await host.listTools();
    const turns: Turn[] = [];
    while (turns.length < MOST_TURNS) {
      const move = await model(tools, turns);
      if ("digest" in move) return move.digest;
      turns.push({ ...move, answer: await answerOf(host, move) });
    }
    throw new Error(`There was no digest after ${MOST_TURNS} tools.`);
  } finally {
    await host.close();
  }
}

/** A failure is an answer, too, with a `next_step` that the model can follow. */
async function answerOf(host: Client, { tool, args }: Pick<Turn, "tool" | "args">): Promise<string> {
  try {
    const { content, structuredContent } = (await host.callTool({ name: tool, arguments: args })) as CallToolResult;
    return structuredContent === undefined
      ? content.map((part) => ("text" in part ? part.text : "")).join("\n")
      : JSON.stringify(structuredContent);
  } catch (error) {
    return JSON.stringify({ success: false, error: error instanceof Error ? error.message : String(error) });
  }
}

/** Writes the digest into one's own Saved Messages, once whoever the client asks has said yes to exactly this text. */
export async function sendDigest(client: GuardedClient, digest: string): Promise<number | undefined> {
  const preview = await client.actions.sendMessage({ chat: "me", text: digest });
  const outcome = await preview.execute();
  return outcome.status === "done" ? outcome.result.messageId : undefined;
}
