import { Command } from "commander";
import { withBridgeOptions, type BridgeFlags } from "./bridge/flags.js";

/** `tg-guarded tools`: what the MCP servers can do. */
export const toolsCommand = (): Command =>
  withBridgeOptions(new Command("tools").description("list the tools of the MCP servers"))
    .option("--json", "as JSON, a line for each tool, with the schema of its arguments")
    .action(async (flags: BridgeFlags & { readonly json?: boolean }) =>
      (await import("./bridge/run-tools.js")).runTools(flags),
    );
