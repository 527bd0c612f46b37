import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
  type Implementation,
} from "@modelcontextprotocol/sdk/types.js";
import { elicitorOf } from "./elicit.js";
import { failed, failureOf } from "./failure.js";
import { log } from "./log.js";
import { progressOf, type Extra } from "./progress.js";
import { reportUnexpected } from "./report.js";
import type { Tool, ToolCall } from "./tool.js";

export interface ToolServerOptions<C> {
  readonly info: Implementation;
  /** What hosts give to the model before anything else. */
  readonly instructions: string;
  readonly tools: readonly Tool<C>[];
  /** What the tools work with; several servers may share it. */
  readonly context: C;
  /** How much room the result of a call has, in characters of JSON. */
  readonly roomChars: number;
  /** Whether the person in front of the host may be asked. */
  readonly mayElicit: boolean;
}

type Listed = ReturnType<Tool<unknown>["listed"]>;

/**
 * Makes servers, one for each connection. The list of tools is the same for all, in one order. Arguments are checked here and
 * not by the SDK, so that what is wrong with them is told as every other failure is: with a code and a next step.
 */
export function toolServers<C>(options: ToolServerOptions<C>): () => McpServer {
  const tools = new Map(options.tools.map((tool) => [tool.name, tool]));
  let listed: readonly Listed[] | undefined;
  const list = (): readonly Listed[] =>
    (listed ??= [...tools.values()].map((tool) => tool.listed()).sort((a, b) => (a.name < b.name ? -1 : 1)));
  return () => {
    const mcp = new McpServer(options.info, { instructions: options.instructions, capabilities: { tools: {} } });
    mcp.server.removeRequestHandler("tools/list");
    mcp.server.removeRequestHandler("tools/call");
    mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...list()] }));
    mcp.server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
      const tool = tools.get(params.name);
      if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, "There is no such tool.");
      return answer(tool, params.arguments ?? {}, options, mcp, extra);
    });
    return mcp;
  };
}

async function answer<C>(
  tool: Tool<C>,
  args: unknown,
  { context, roomChars, mayElicit }: ToolServerOptions<C>,
  mcp: McpServer,
  extra: Extra,
): Promise<CallToolResult> {
  const links: CallToolResult["content"] = [];
  const elicit = mayElicit ? elicitorOf(mcp) : undefined;
  const progress = progressOf(extra);
  const call: ToolCall = {
    signal: extra.signal,
    roomChars,
    progress: progress.tell,
    link: (link) => links.push({ type: "resource_link", ...link }),
    ...(elicit === undefined ? {} : { elicit }),
  };
  const began = performance.now();
  const tell = (how: string): void => {
    log("debug", `${tool.name} ${how} after ${Math.round(performance.now() - began)} ms.`);
  };
  try {
    const result = await tool.call(context, args, call);
    const { marked } = await import("./marked.js");
    const structuredContent = marked(tool.listed().outputSchema, result);
    tell("has answered");
    return { structuredContent, content: [{ type: "text", text: JSON.stringify(structuredContent) }, ...links] };
  } catch (error) {
    // Whoever has cancelled hears nothing more.
    if (!extra.signal.aborted) reportUnexpected(tool.name, error);
    const failure = await failureOf(error);
    tell(`has failed with ${failure.code}`);
    return failed(failure);
  } finally {
    progress.end();
  }
}
