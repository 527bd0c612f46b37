/** What the system is given to start. */
export interface StartedCommand {
  readonly command: string;
  readonly args: string[];
  /** The words are quoted already (Windows). */
  readonly windowsVerbatimArguments: boolean;
}

/** Programs that npm installs: on Windows each is a batch file beside the name that one types. */
const BATCH_FILES = /^(npx|npm|tg-guarded|tgmcp(-\w+)?)$|\.(cmd|bat)$/i;

/**
 * A command as it can be started without a shell. Windows starts no batch file so, and Node.js refuses to (CVE-2024-27980):
 * cmd.exe does, where each word is quoted for the program, and what cmd.exe itself would act upon is taken from it by `^`.
 */
export function startedCommand(command: string, args: readonly string[], platform = process.platform): StartedCommand {
  if (platform !== "win32" || !BATCH_FILES.test(command))
    return { command, args: [...args], windowsVerbatimArguments: false };
  const line = [command.replace(FOR_CMD, "^$&"), ...args.map((arg) => quoted(arg).replace(FOR_CMD, "^$&"))].join(" ");
  return { command: "cmd.exe", args: ["/d", "/s", "/c", `"${line}"`], windowsVerbatimArguments: true };
}

const FOR_CMD = /[()[\]%!^"`<>&|;, *?]/g;

/** Backslashes count as such, but before a quotation mark, which they would take along (CommandLineToArgvW). */
const quoted = (word: string): string => `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
