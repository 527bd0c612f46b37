#!/usr/bin/env node
import { runServer } from "../mcp/run-server.js";
import { readServers } from "./server.js";

runServer({
  name: "tgmcp-read",
  about: "Reads a personal Telegram account for agents. It cannot write: no variable changes that.",
  plane: "read",
  overrides: () => ({ actions: { enabled: false } }),
  servers: readServers,
});
