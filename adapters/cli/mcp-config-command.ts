import { Command, Option } from "commander";
import { FORMATS, HOST_NAMES } from "./mcp-config/hosts.js";
import { PROFILES, runMcpConfig, type McpConfigFlags } from "./mcp-config/run.js";
import { several } from "./several.js";

const HELP = `
The configuration holds the session and nothing that allows anything. What may be written stands in policy.toml of the
configuration folder, which is written when it is missing: --allow names the chats, without any nothing may be written.

  tg-guarded mcp-config --host claude-code --read-session work
  tg-guarded mcp-config --host codex --profile full --read-session work-read --actions-session work --allow @my_group

The program's own --env-file and --account are given to the servers, too.`;

/** `tg-guarded mcp-config`: what programs for agents are told to start the servers. */
export const mcpConfigCommand = (): Command =>
  new Command("mcp-config")
    .description("print the configuration for Claude Code, Claude Desktop, Cursor, Visual Studio Code and Codex")
    .addOption(new Option("--profile <profile>", "which servers").choices(PROFILES).default("read"))
    .option("--read-session <name|path>", "the session that reads")
    .option("--actions-session <name|path>", "the session that writes: another one")
    .addOption(new Option("--host <host>", "for this one alone").choices(HOST_NAMES))
    .addOption(new Option("--format <format>", "where the host has several").choices(FORMATS))
    .option("--windows", "as hosts on Windows take it; there it is the default")
    .option("--out <file>", "write it to this new file, for its owner alone")
    .option("--force", "replace that file whole")
    .option("--allow <chat>", "a chat that may be written to, by @name or id; repeatable", several)
    .addHelpText("after", HELP)
    .action((_flags: object, command: Command) => runMcpConfig(command.optsWithGlobals<McpConfigFlags>()));
