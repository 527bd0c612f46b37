import type { GuardedClient } from "tg-guarded";
import type { ServerContext } from "./context.js";

/** A client, or what opens one: it is asked at every call, and answers with the one that it has opened. */
export type ClientSource = GuardedClient | (() => GuardedClient | Promise<GuardedClient>);

/** What the tools work with where a program brings its own client. It chose the session, and no tool changes it. */
export const clientContext = (source: ClientSource): ServerContext => ({
  client: async () => (typeof source === "function" ? source() : source),
  sessions: {
    current: () => Promise.resolve(undefined),
    list: () => Promise.resolve([]),
    async use(name) {
      const { GuardError } = await import("tg-guarded");
      throw new GuardError("session_invalid", "The session may not be switched here.", {
        details: { session: name, reason: "elsewhere" },
        nextStep: "The program that runs this server chose the session.",
      });
    },
  },
});
