import { Argument, Command } from "commander";
import { openCircuitDesk, type AccountHealth, type CircuitDesk } from "tg-guarded";
import { number } from "./number.js";

type Change = (desk: CircuitDesk, account?: number) => Promise<readonly AccountHealth[]>;

/** `tg-guarded circuit …`: how the accounts are, and the emergency stop. */
export const circuitCommand = (): Command =>
  new Command("circuit")
    .description("see what the accounts may do now; stop all writes at once, in all programs that share the state")
    .addCommand(
      withAccount(new Command("show").description("tell what passes now, until when not, and why"))
        .option("--json", "as JSON, a line for each account")
        .action(show),
    )
    .addCommand(
      withAccount(
        new Command("stop").description("refuse every write from now on, until `circuit close`; reading goes on"),
      ).action(changing((desk, account) => desk.stopWrites(account))),
    )
    .addCommand(
      withAccount(
        new Command("close").description(
          "end a stop; where there is none, what a flood or a frozen account has closed",
        ),
      ).action(changing((desk, account) => desk.reset(account))),
    );

const withAccount = (command: Command): Command =>
  command.addArgument(new Argument("[account]", "the account's id; all without one").argParser(number(1)));

async function show(account: number | undefined, { json = false }: { readonly json?: boolean }): Promise<void> {
  await using desk = await openCircuitDesk();
  const accounts = await desk.list(account);
  if (json) for (const each of accounts) process.stdout.write(`${JSON.stringify(each)}\n`);
  else tell(accounts);
}

function changing(change: Change): (account?: number) => Promise<void> {
  return async (account) => {
    await using desk = await openCircuitDesk();
    const accounts = await change(desk, account);
    tell(accounts);
    // Who means to stop something must not believe that it is stopped.
    if (accounts.length === 0) process.exitCode = 1;
  };
}

function tell(accounts: readonly AccountHealth[]): void {
  if (accounts.length === 0) process.stdout.write("No program with this state has been any account yet.\n");
  for (const each of accounts) process.stdout.write(`${each.account}  ${inWords(each)}\n`);
}

function inWords({ allows, stopped, reason, name, retryAfterMs, holds }: AccountHealth): string {
  const until = retryAfterMs === undefined ? "until tg-guarded circuit close" : `for another ${seconds(retryAfterMs)}`;
  const what = allows.reads ? "writes are refused" : "everything is refused";
  return [
    ...(allows.reads ? [allows.writes ? "reads and writes pass" : "reads pass"] : []),
    ...(stopped ? ["a person has stopped all writes, until tg-guarded circuit close"] : []),
    ...(reason === undefined || reason === "stopped" ? [] : [`${what} ${until} (${name ?? reason})`]),
    ...holds.map(({ scope, forMs }) => `${scope} is left alone for another ${seconds(forMs)}`),
  ].join("; ");
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
