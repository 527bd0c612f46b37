import type { GuardedClient } from "tg-guarded";

/** The session that is used, and those that there are. */
interface SessionDesk {
  /** The name in use; absent where it has none. */
  readonly current: () => Promise<string | undefined>;
  readonly list: () => Promise<readonly string[]>;
  /** Goes on with another session. @throws GuardError `session_invalid` where that is not allowed */
  readonly use: (name: string) => Promise<void>;
}

/** What the tools of both servers work with. */
export interface ServerContext {
  readonly client: () => Promise<GuardedClient>;
  readonly sessions: SessionDesk;
}
