import type { Command } from "commander";
import { openAuditDesk } from "tg-guarded";
import { approvalsCommand } from "./approvals-command.js";
import { auditCommand } from "./audit-command.js";
import { callCommand, writeCallCommand } from "./call-command.js";
import { checkSessionsCommand } from "./check-sessions-command.js";
import { circuitCommand } from "./circuit-command.js";
import { demoCommand } from "./demo-command.js";
import { doctorCommand } from "./doctor-command.js";
import { envSampleCommand } from "./env-sample-command.js";
import { exportCommand } from "./export-command.js";
import { loginCommand, logoutCommand } from "./login-command.js";
import { mcpConfigCommand } from "./mcp-config-command.js";
import { sandboxCommand } from "./sandbox-command.js";
import { sessionsCommand } from "./sessions-command.js";
import { toolsCommand } from "./tools-command.js";

/** What `tg-guarded` can do, by name. */
export const commands = (): readonly Command[] => [
  approvalsCommand(),
  auditCommand({ open: openAuditDesk }),
  callCommand(),
  checkSessionsCommand(),
  circuitCommand(),
  demoCommand(),
  doctorCommand(),
  envSampleCommand(),
  exportCommand(),
  loginCommand(),
  logoutCommand(),
  mcpConfigCommand(),
  sandboxCommand(),
  sessionsCommand(),
  toolsCommand(),
  writeCallCommand(),
];
