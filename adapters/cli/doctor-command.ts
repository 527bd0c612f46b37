import { Command } from "commander";
import type { DoctorFlags } from "./doctor/run.js";
import { number } from "./number.js";

/** `tg-guarded doctor`: whether everything is as it should be, and what mends it. */
export const doctorCommand = (): Command =>
  new Command("doctor")
    .description("look at configuration, state, sessions and Telegram; tells what is wrong and what mends it")
    .option("--config <file>", "examine the servers of a .mcp.json or of Codex's config.toml; starts what it names")
    .option("--offline", "ask Telegram nothing")
    .option("--timeout <seconds>", "how long anything that is looked at may take", number(1), 15)
    .option("--json", "as JSON, a line for each finding")
    .addHelpText("after", "\nExit code: 0 without a fault, 1 with one.")
    .action(async (flags: DoctorFlags) => (await import("./doctor/run.js")).runDoctor(flags));
