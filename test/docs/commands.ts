import { Command } from "commander";
import { approvalsCommand } from "../../adapters/cli/approvals-command.js";
import { auditCommand } from "../../adapters/cli/audit-command.js";
import { callCommand, writeCallCommand } from "../../adapters/cli/call-command.js";
import { checkSessionsCommand } from "../../adapters/cli/check-sessions-command.js";
import { demoCommand } from "../../adapters/cli/demo-command.js";
import { doctorCommand } from "../../adapters/cli/doctor-command.js";
import { envSampleCommand } from "../../adapters/cli/env-sample-command.js";
import { exportCommand } from "../../adapters/cli/export-command.js";
import { loginCommand, logoutCommand } from "../../adapters/cli/login-command.js";
import { mcpConfigCommand } from "../../adapters/cli/mcp-config-command.js";
import { sandboxCommand } from "../../adapters/cli/sandbox-command.js";
import { sessionsCommand } from "../../adapters/cli/sessions-command.js";
import { toolsCommand } from "../../adapters/cli/tools-command.js";
import { openAuditDesk } from "tg-guarded";

/** The command with all that it has below it, as its `--help` tells. A test compares it with the built one. */
export const program = new Command("tg-guarded")
  .option("--env-file <file>")
  .option("--account <name>")
  .option("--version");
for (const command of [
  approvalsCommand(),
  auditCommand({ open: openAuditDesk }),
  callCommand(),
  checkSessionsCommand(),
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
]) {
  program.addCommand(command);
}

/** What a command line names that the command has not: a subcommand, or flags. */
export function unknownWords(words: readonly string[]): readonly string[] {
  let command = program;
  const flags = new Set(["--help", ...longFlags(program)]);
  const unknown: string[] = [];
  let isValue = false;
  for (const word of words) {
    const flag = /^--?[a-z][\w-]*/.exec(word)?.[0];
    if (flag !== undefined) {
      if (!flags.has(flag)) unknown.push(flag);
      // Only those that stand before a subcommand can be taken for one.
      isValue = command === program && flag !== "--version";
      continue;
    }
    if (isValue) {
      isValue = false;
      continue;
    }
    const below = command.commands.find((each) => each.name() === word);
    if (below !== undefined) command = below;
    else if (command.commands.length > 0) return [...unknown, word];
    for (const name of longFlags(command)) flags.add(name);
  }
  return unknown;
}

/** Of `--no-resume` and the like, too. */
const longFlags = (command: Command): readonly string[] =>
  command.options.flatMap(({ long, short }) => [long, short].filter((flag) => typeof flag === "string"));
