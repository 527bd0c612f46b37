import type { Command } from "commander";
import { number } from "../number.js";
import { several } from "../several.js";

/** What all commands that speak with a server take. */
export interface BridgeFlags {
  readonly config?: string;
  readonly own?: boolean;
  readonly server?: string;
  readonly setEnv?: readonly string[];
  /** In seconds. */
  readonly timeout: number;
}

const WHICH = `
Without --config, the servers are those of ~/.codex/config.toml, else those of ~/.claude.json, else, as with --own, the two of
this package with the present variables. No file of the working folder is read by itself. What a server may do is up to its
policy, as when a host starts it; it works on a copy of the session, unless TG_SESSION_RUNTIME_MODE says otherwise.`;

/** Adds them to a command. */
export const withBridgeOptions = (command: Command): Command =>
  command
    .option("--config <file>", "a .mcp.json or Codex's config.toml; what it names is started")
    .option("--own", "start the servers of this package, whatever is configured")
    .option("--server <name>", "which server; - and _ are the same")
    .option("--set-env <name=value>", "a variable for the server, no secret; repeatable", several)
    .option("--timeout <seconds>", "for how long a server may be silent", number(1), 120)
    .addHelpText("after", WHICH);
