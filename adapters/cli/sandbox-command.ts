import { Command } from "commander";
import { number } from "./number.js";
import type { SandboxFlags } from "./sandbox-run.js";

/** `tg-guarded sandbox`: a Telegram server on this machine, until it is stopped. */
export function sandboxCommand(): Command {
  return (
    new Command("sandbox")
      .description("run a local Telegram server with a made-up account; prints one line of JSON about it")
      .option("--port <number>", "port of 127.0.0.1; 0 takes a free one", number(0), 0)
      .option("--dcs <number>", "data centres, from 1 to 5, each on a port of its own", number(1), 1)
      .option("--world <name>", "demo, generated, a world file, or a result.json of Telegram Desktop", "demo")
      .option("--messages <number>", "messages in the generated world's @generated", number(0), 1000)
      .option("--participants <number>", "members of the generated world's @generated", number(0), 100)
      .option("--seed <number>", "of the generated world; the same seed makes the same world", number(0), 1)
      .option("--info <file>", "also write that line to this file, for TG_SANDBOX (readable by you alone)")
      .option("--log <file>", "append one line of JSON for every request")
      .option("--faults <file>", "a JSON list of faults to inject")
      // Loaded when it is wanted: the other commands need no server.
      .action(async (flags: SandboxFlags) => (await import("./sandbox-run.js")).runSandbox(flags))
  );
}
