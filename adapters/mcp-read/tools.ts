import type { ServerContext } from "../mcp/context.js";
import type { Tool } from "../mcp/tool.js";
import { authStatus } from "../mcp/tools/auth-status.js";
import { getMessages } from "./tools/get-messages.js";

/** All tools of the reading server. */
export const READ_TOOLS: readonly Tool<ServerContext>[] = [authStatus, getMessages];
