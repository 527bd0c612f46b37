#!/usr/bin/env node
import { Command } from "commander";
import { loadEnvFile } from "tg-guarded";
import { commands } from "./commands.js";
import { fail } from "./fail.js";
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
  });
for (const command of commands()) program.addCommand(command);

/** Whoever mistypes is told which help has the words of that very command. */
function pointToHelp(command: Command, words = command.name()): void {
  command.showHelpAfterError(`(${words} --help shows what there is)`);
  for (const each of command.commands) pointToHelp(each, `${words} ${each.name()}`);
}
pointToHelp(program);

// Whoever reads the output may have seen enough of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

program.parseAsync().catch(fail);
