import { Command } from "commander";

/** `tg-guarded doctor`: whether everything is as it should be, and what mends it. */
export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("look at configuration, state, sessions and Telegram; tells what is wrong and what mends it")
    .option("--config <file>", "examine the servers of a .mcp.json or of Codex's config.toml, each with its variables")
    .option("--offline", "ask Telegram nothing")
    .option("--json", "as JSON, a line for each finding")
    .addHelpText("after", "\nExit code: 0 without a fault, 1 with one.")
    .action(async (flags: { readonly config?: string; readonly offline?: boolean; readonly json?: boolean }) =>
      (await import("./doctor/run.js")).runDoctor(flags),
    );
