import { Command } from "commander";
import { checkSessions, type CheckSessionsInput } from "tg-guarded";
import { plainText } from "./plain-text.js";

const EXIT_CODES = { apart: 0, unknown: 1, shared: 2 } as const;

/** `tg-guarded check-sessions`: whether reading and actions share a session. */
export const checkSessionsCommand = (): Command =>
  new Command("check-sessions")
    .description("tell whether the reading and the acting server share a session")
    .argument("[paths...]", "two session files")
    .option("--config <file>", "the .mcp.json, or Codex's config.toml, that starts both")
    .addHelpText("after", "\nExit code: 0 when each has its own, 2 when they share one, 1 when it cannot be told.")
    .action(async (paths: readonly string[], { config }: { readonly config?: string }, command: Command) => {
      const input = inputOf(paths, config);
      if (input === undefined) command.error("error: give two paths, or --config FILE");
      const { verdict, text, nextStep } = await checkSessions(input);
      const lines = [text, ...(nextStep === undefined ? [] : [nextStep])].map(plainText);
      (verdict === "apart" ? process.stdout : process.stderr).write(`${lines.join("\n")}\n`);
      process.exitCode = EXIT_CODES[verdict];
    });

function inputOf(paths: readonly string[], config: string | undefined): CheckSessionsInput | undefined {
  const [one, other, ...more] = paths;
  if (config !== undefined) return one === undefined ? { config } : undefined;
  return one === undefined || other === undefined || more.length > 0 ? undefined : { paths: [one, other] };
}
