import { Command } from "commander";
import { envSample } from "tg-guarded";

/** `tg-guarded env-sample`: every variable there is. */
export const envSampleCommand = (): Command =>
  new Command("env-sample")
    .description("print every variable, with what it means and what holds without it")
    .action(() => {
      process.stdout.write(envSample());
    });
