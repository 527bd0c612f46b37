import type { ServerContext } from "../context.js";
import type { Tool } from "../tool.js";
import { authStatus } from "./auth-status.js";
import { getGroupInfo } from "./get-group-info.js";
import { getMyDialogs } from "./get-my-dialogs.js";
import { getStats } from "./get-stats.js";
import { listSessions } from "./list-sessions.js";
import { resolveUsername } from "./resolve-username.js";
import { useSession } from "./use-session.js";

/** The tools of both servers: who one is, how it stands, and which chats there are. */
export const SHARED_TOOLS: readonly Tool<ServerContext>[] = [
  authStatus,
  getGroupInfo,
  getMyDialogs,
  getStats,
  listSessions,
  resolveUsername,
  useSession,
];
