#!/usr/bin/env node
import { Command } from "commander";
import { openAuditDesk } from "tg-guarded";
import { approvalsCommand } from "./approvals-command.js";
import { auditCommand } from "./audit-command.js";
import { demoCommand } from "./demo-command.js";
import { exportCommand } from "./export-command.js";
import { fail } from "./fail.js";
import { sandboxCommand } from "./sandbox-command.js";
import { version } from "./version.js";

const program = new Command("tg-guarded")
  .description("Use a personal Telegram account without losing it, and without sending what nobody approved.")
  .version(version())
  .option("--env-file <file>", "read TG_* variables from this file (also TG_ENV_FILE); no .env is read by itself")
  .hook("preAction", (command) => {
    const file = command.opts<{ envFile?: string }>().envFile ?? process.env["TG_ENV_FILE"];
    if (file !== undefined) process.loadEnvFile(file);
  })
  .addCommand(approvalsCommand())
  .addCommand(auditCommand({ open: openAuditDesk }))
  .addCommand(demoCommand())
  .addCommand(exportCommand())
  .addCommand(sandboxCommand())
  .showHelpAfterError("(tg-guarded --help shows what there is)");

program.parseAsync().catch(fail);
