#!/usr/bin/env node
import { Command } from "commander";
import { loadEnvFile, openAuditDesk } from "tg-guarded";
import { approvalsCommand } from "./approvals-command.js";
import { auditCommand } from "./audit-command.js";
import { callCommand, writeCallCommand } from "./call-command.js";
import { checkSessionsCommand } from "./check-sessions-command.js";
import { demoCommand } from "./demo-command.js";
import { doctorCommand } from "./doctor-command.js";
import { envSampleCommand } from "./env-sample-command.js";
import { exportCommand } from "./export-command.js";
import { fail } from "./fail.js";
import { loginCommand, logoutCommand } from "./login-command.js";
import { mcpConfigCommand } from "./mcp-config-command.js";
import { sandboxCommand } from "./sandbox-command.js";
import { sessionsCommand } from "./sessions-command.js";
import { toolsCommand } from "./tools-command.js";
import { version } from "../mcp/version.js";

const program = new Command("tg-guarded")
  .description("Use a personal Telegram account without losing it, and without sending what nobody approved.")
  .version(version())
  .option(
    "--env-file <file>",
    "read TG_* variables from this file (also TG_ENV_FILE), not from .env of the config folder",
  )
  .option("--account <name>", "an account of the configuration file (also TG_ACCOUNT)")
  .hook("preAction", (command) => {
    const { envFile, account } = command.opts<{ envFile?: string; account?: string }>();
    loadEnvFile(envFile);
    if (account !== undefined) process.env["TG_ACCOUNT"] = account;
  })
  .addCommand(approvalsCommand())
  .addCommand(auditCommand({ open: openAuditDesk }))
  .addCommand(callCommand())
  .addCommand(checkSessionsCommand())
  .addCommand(demoCommand())
  .addCommand(doctorCommand())
  .addCommand(envSampleCommand())
  .addCommand(exportCommand())
  .addCommand(loginCommand())
  .addCommand(logoutCommand())
  .addCommand(mcpConfigCommand())
  .addCommand(sandboxCommand())
  .addCommand(sessionsCommand())
  .addCommand(toolsCommand())
  .addCommand(writeCallCommand())
  .showHelpAfterError("(tg-guarded --help shows what there is)");

// Whoever reads the output may have seen enough of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

program.parseAsync().catch(fail);
