/** Commands that are not started here, with the reason. Their words are looked at in commands.test.ts. */
const NOT_STARTED: readonly (readonly [command: RegExp, why: string])[] = [
  [/tg-guarded demo$/, "test/cli/demo.test.ts runs it"],
  [/tg-guarded login\b/, "asks at a terminal; test/cli/login-at-terminal.test.ts runs it"],
];

/** Those that end with another code than 0 here, as their page says. */
const ENDS_WITH: readonly (readonly [command: RegExp, code: number, why: string])[] = [
  [/tg-guarded circuit stop\b/, 1, "no program of this page has been an account before"],
  [/tg-guarded write-call\b/, 3, "nobody sits at a terminal, and the operator has not decided"],
];

/** What runs until it is stopped. */
const SERVER = /^((?:npx )?(?:tg-guarded sandbox|tgmcp\S* .*--http)\b[^&#]*?)\s*(&?)\s*(?:#.*)?$/;

/** Starts it, waits until it says that it is up, and stops it: at once, or at the end where the page leaves it running. */
const asServer = (command: string, index: number, isLeft: boolean): string => `
mkfifo ready${index}
${command.replace(/--http \d+/, "--http 0")} > ready${index} 2>&1 &
servers+=($!)
exec 3< ready${index}
line=
until [[ $line == {* || $line == Listening* ]]; do read -r line <&3; done
${isLeft ? "" : "stop"}`;

const HEAD = `set -euo pipefail
servers=()
stop() {
  local running=(\${servers[@]+"\${servers[@]}"})
  servers=()
  for server in \${running[@]+"\${running[@]}"}; do kill -TERM $server; wait $server; done
}
trap 'echo "failed: $BASH_COMMAND" >&2' ERR
trap 'stop' EXIT
`;

const commandOf = (line: string): string => line.replace(/\s+#.*$/, "");

/** The lines of a page's blocks as they stand, in order, as one script that ends with the first that fails. */
export function scriptOf(blocks: readonly string[]): string {
  const lines = blocks.flatMap((block) => block.trimEnd().split("\n"));
  return `${HEAD}${lines.map(runnable).join("\n")}\nstop\n`;
}

function runnable(line: string, index: number): string {
  const [, server, background] = SERVER.exec(line) ?? [];
  if (server !== undefined) return asServer(server, index, background === "&");
  if (NOT_STARTED.some(([command]) => command.test(commandOf(line)))) return `: ${JSON.stringify(line)}`;
  const [, code] = ENDS_WITH.find(([command]) => command.test(line)) ?? [];
  return code === undefined ? line : `${line} || [ $? = ${code} ]`;
}
