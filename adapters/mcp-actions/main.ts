#!/usr/bin/env node
import { whenOutputIsTaken } from "../mcp/standard-output.js";

whenOutputIsTaken(async () => {
  const [{ runServer }, { actionsServers }, { askPerson }] = await Promise.all([
    import("../mcp/run-server.js"),
    import("./server.js"),
    import("./asking.js"),
  ]);
  await runServer({
    name: "tgmcp-actions",
    about: "Writes to a personal Telegram account for agents, once a person has approved.",
    plane: "actions",
    overrides: () => ({ actions: { ask: askPerson } }),
    servers: actionsServers,
  });
});
