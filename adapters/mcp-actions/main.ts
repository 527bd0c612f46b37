#!/usr/bin/env node
import { runServer } from "../mcp/run-server.js";
import { askPerson } from "./asking.js";
import { actionsServers } from "./server.js";

runServer({
  name: "tgmcp-actions",
  about: "Writes to a personal Telegram account for agents, once a person has approved.",
  plane: "actions",
  overrides: () => ({ actions: { ask: askPerson } }),
  servers: actionsServers,
});
