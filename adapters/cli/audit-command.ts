import { Command } from "commander";
import { number } from "./number.js";
import { plainText } from "./plain-text.js";

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** What the command needs of the package's audit desk. */
interface AuditDeskPort extends AsyncDisposable {
  verify(): Promise<
    readonly {
      readonly account: string;
      readonly path: string;
      readonly ok: boolean;
      readonly isOtherStores?: boolean;
      readonly count: number;
      readonly waiting: number;
      readonly problems: readonly Problem[];
    }[]
  >;
  last(count: number): Promise<readonly object[]>;
  restart(): Promise<readonly string[]>;
}

export interface AuditCommandOptions {
  readonly open: () => Promise<AuditDeskPort>;
  readonly write?: (text: string) => void;
}

/** `tg-guarded audit …`: whether the trail of what was decided and done is whole, and what stands in it. */
export function auditCommand({
  open,
  write = (text) => void process.stdout.write(text),
}: AuditCommandOptions): Command {
  async function verify({ json = false }: { readonly json?: boolean }): Promise<void> {
    await using desk = await open();
    const reports = await desk.verify();
    for (const report of reports) write(json ? `${JSON.stringify(report)}\n` : inWords(report));
    if (reports.length === 0 && !json) write("There is no audit trail yet.\n");
    if (reports.some(({ ok }) => !ok)) process.exitCode = 1;
  }

  async function show({ last }: { readonly last: number }): Promise<void> {
    await using desk = await open();
    for (const line of await desk.last(last)) write(`${JSON.stringify(line)}\n`);
  }

  async function restart(): Promise<void> {
    await using desk = await open();
    const restarted = await desk.restart();
    write(restarted.length === 0 ? "No trail is damaged.\n" : `A new file begins for: ${restarted.join(", ")}\n`);
  }

  return new Command("audit")
    .description("look at the trail of what was decided and done")
    .addCommand(
      new Command("verify")
        .description("check that no line was changed, moved, added or cut off; exits with 1 if one was")
        .option("--json", "as JSON, a line for each account")
        .action(verify),
    )
    .addCommand(
      new Command("show")
        .description("print the last lines, as JSON")
        .option("--last <n>", "how many", number(1), 20)
        .action(show),
    )
    .addCommand(
      new Command("restart")
        .description("go on in a new file where a trail is damaged; nothing is deleted")
        .action(restart),
    );
}

function inWords(report: Awaited<ReturnType<AuditDeskPort["verify"]>>[number]): string {
  const { path, ok, count, waiting, problems, isOtherStores = false } = report;
  if (isOtherStores) return `${plainText(path)}: written with another state store, which alone can check it\n`;
  const lines = `${count} ${count === 1 ? "line" : "lines"}`;
  const waits = waiting === 0 ? "" : `, of which ${waiting} will be written with the next`;
  const head = `${plainText(path)}: ${ok ? "whole" : "DAMAGED"}, ${lines}${waits}\n`;
  return (
    head + problems.map(({ file, line, what }) => `  ${plainText(file)}, line ${line}: ${inPlain(what)}\n`).join("")
  );
}

const inPlain = (what: string): string => what.replaceAll("_", " ");
