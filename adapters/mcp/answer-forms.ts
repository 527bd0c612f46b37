import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ElicitRequestSchema, type ElicitRequest, type ElicitResult } from "@modelcontextprotocol/sdk/types.js";

/** Shows a text to the person in front of this program, and asks for a yes. */
export type AskPerson = (message: string, signal: AbortSignal) => Promise<boolean>;

/** What a client declares that can show forms. */
export const FORMS = { elicitation: { form: {} } };

/** Answers the forms of a server that ask for one yes, as those of tgmcp-actions do. Any other one is shown to nobody. */
export function answerForms(client: Client, ask: AskPerson): void {
  client.setRequestHandler(ElicitRequestSchema, async ({ params }, { signal }): Promise<ElicitResult> => {
    const question = questionIn(params);
    if (question === undefined) return { action: "cancel" };
    const isYes = await ask(params.message, signal);
    return isYes ? { action: "accept", content: { [question]: true } } : { action: "decline" };
  });
}

/** The one thing that it asks, which is to be a yes or a no. */
function questionIn(params: ElicitRequest["params"]): string | undefined {
  if (!("requestedSchema" in params)) return undefined;
  const [[name, field] = [], ...more] = Object.entries(params.requestedSchema.properties);
  return more.length === 0 && field?.type === "boolean" ? name : undefined;
}
