#!/usr/bin/env node
import { whenOutputIsTaken } from "../mcp/standard-output.js";

whenOutputIsTaken(async () => {
  const [{ runServer }, { readServers }] = await Promise.all([import("../mcp/run-server.js"), import("./server.js")]);
  await runServer({
    name: "tgmcp-read",
    about: "Reads a personal Telegram account for agents. It cannot write: no variable changes that.",
    plane: "read",
    overrides: () => ({ actions: { enabled: false } }),
    servers: readServers,
  });
});
