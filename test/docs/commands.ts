import { Command } from "commander";
import { commands } from "../../adapters/cli/commands.js";

/** The command with all that it has below it, as its `--help` tells. A test compares it with the built one. */
export const program = new Command("tg-guarded")
  .option("--env-file <file>")
  .option("--account <name>")
  .option("--version");
for (const command of commands()) program.addCommand(command);

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
