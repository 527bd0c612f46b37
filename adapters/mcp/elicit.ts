import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import type { Elicit } from "./tool.js";

/** As long as a person may take to read. The call itself may be given up earlier. */
const PATIENCE_MS = 1_800_000;

const CLOSED: number = ErrorCode.ConnectionClosed;

const FORM = {
  type: "object" as const,
  properties: {
    approve: { type: "boolean" as const, title: "Carry it out", description: "Only with a yes is anything sent." },
  },
  required: ["approve"],
};

/** How to ask the person in front of the host by a form; `undefined` where the host has none. */
export function elicitorOf(mcp: McpServer): Elicit | undefined {
  const { elicitation } = mcp.server.getClientCapabilities() ?? {};
  // Before forms had a name of their own, hosts declared nothing more than that they can ask.
  const hasForms = elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
  if (!hasForms) return undefined;
  return async (message, signal) => {
    try {
      const options = { signal, timeout: PATIENCE_MS };
      const { action, content } = await mcp.server.elicitInput({ message, requestedSchema: FORM }, options);
      if (action === "accept") return content?.["approve"] === true ? "accepted" : "declined";
      return action === "decline" ? "declined" : "unanswered";
    } catch (error) {
      signal.throwIfAborted();
      // A host that says it can ask and then cannot: the operator is there for that.
      if (error instanceof McpError && error.code !== CLOSED) return "unanswered";
      throw error;
    }
  };
}
