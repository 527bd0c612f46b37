import { Command } from "commander";
import { withBridgeOptions } from "./bridge/flags.js";
import type { CallFlags } from "./bridge/run-call.js";

const withArguments = (command: Command): Command =>
  withBridgeOptions(
    command
      .argument("<tool>", "its name, as tg-guarded tools tells it")
      .option("--args-json <json>", "its arguments; every process of the machine can read them there")
      .option("--args-file <file>", "its arguments from a file; - is standard input"),
  );

/** `tg-guarded call`: a tool of the MCP servers, from a shell. */
export const callCommand = (): Command =>
  withArguments(new Command("call").description("call a tool of the MCP servers, and print what it answers as JSON"))
    .addHelpText("after", "\nExit code: 0 for a result, 1 for a failure, which is JSON too where the tool has told it.")
    .action(async (tool: string, flags: CallFlags) => (await import("./bridge/run-call.js")).runCall(tool, flags));

/** `tg-guarded write-call`: a write in the order in which it is to be done. */
export const writeCallCommand = (): Command =>
  withArguments(
    new Command("write-call").description("preview a write, ask the person at the terminal, and carry it out"),
  )
    .addHelpText("after", "\nExit code: 0 when it was carried out, 1 for a failure, 3 when nobody has said yes yet.")
    .action(async (tool: string, flags: CallFlags) =>
      (await import("./bridge/run-write-call.js")).runWriteCall(tool, flags),
    );
