import { createInterface } from "node:readline/promises";
import { askAtTerminal, GuardedClient, openSessions, withTerminal, type Device, type SessionDetails } from "tg-guarded";
import { plainText } from "../plain-text.js";

export async function list({ json = false }: { readonly json?: boolean }): Promise<void> {
  const sessions = openSessions();
  const all = await sessions.list();
  if (json) for (const one of all) process.stdout.write(`${JSON.stringify(one)}\n`);
  else if (all.length === 0) process.stdout.write(`There is no session in ${sessions.folder}: tg-guarded login\n`);
  else for (const one of all) process.stdout.write(`${one.name === sessions.meant ? "*" : " "} ${inLine(one)}\n`);
}

export async function info(name: string | undefined): Promise<void> {
  const sessions = openSessions();
  const meant = name ?? sessions.meant;
  if (meant === undefined) throw new Error("Name the session: tg-guarded sessions info NAME");
  process.stdout.write(`${JSON.stringify(await sessions.info(meant), null, 2)}\n`);
}

export async function use(name: string): Promise<void> {
  await openSessions().use(name);
  process.stdout.write(`Where none is named, "${name}" is meant.\n`);
}

export async function remove(name: string): Promise<void> {
  await openSessions().remove(name);
  process.stdout.write(
    `Session "${name}" is deleted. At Telegram it is still logged in: end it on another device, under Devices.\n`,
  );
}

export async function rename(name: string, to: string): Promise<void> {
  await openSessions().rename(name, to);
  process.stdout.write(`Session "${name}" is called "${to}" now.\n`);
}

export async function encrypt(name: string): Promise<void> {
  const form = await openSessions().encrypt(name);
  process.stdout.write(`Session "${name}" is encrypted by the ${form === "keyring" ? "key ring" : "passphrase"}.\n`);
}

export async function decrypt(name: string): Promise<void> {
  await openSessions().decrypt(name);
  process.stdout.write(`Session "${name}" is not encrypted any more.\n`);
}

interface ImportFlags {
  readonly file?: string;
  readonly replace?: boolean;
}

/** A string comes on stdin: as an argument every process of the machine could read it. */
export async function importSession(name: string, { file, replace = false }: ImportFlags): Promise<void> {
  const source = file === undefined ? { string: await firstLine() } : { path: file };
  await openSessions().import(name, source, { replace });
  process.stdout.write(
    `Session "${name}" is imported. Use it in one place alone from now on: Telegram may end one that is used in two.\n`,
  );
}

const HIDDEN_STRING = { text: "String session: ", hidden: true } as const;

async function firstLine(): Promise<string> {
  // Whoever sees it has the account, so it is not shown while it is typed.
  if (process.stdin.isTTY) return withTerminal((terminal) => askAtTerminal(terminal, HIDDEN_STRING));
  for await (const line of createInterface({ input: process.stdin })) {
    // Whoever writes it may hold the pipe open.
    process.stdin.destroy();
    return line.trim();
  }
  throw new Error("No string session came on stdin.");
}

interface ExportFlags {
  readonly yesGiveTheAccountAway?: boolean;
  readonly format: "gramjs" | "telethon";
}

export async function exportSession(
  name: string,
  { yesGiveTheAccountAway: confirm = false, format }: ExportFlags,
): Promise<void> {
  const secret = await openSessions().export(name, { confirm, format });
  process.stderr.write("Whoever reads this has the account, without a code or a password.\n");
  process.stdout.write(`${secret.expose()}\n`);
}

export async function adopt(name: string): Promise<void> {
  await openSessions().adopt(name);
  process.stdout.write(`Session "${name}" writes with this state store from now on.\n`);
}

export async function devices({ json = false }: { readonly json?: boolean }): Promise<void> {
  await using client = await GuardedClient.fromEnv();
  for (const device of await client.read.devices()) {
    process.stdout.write(json ? `${JSON.stringify(device)}\n` : `${deviceInLine(device)}\n`);
  }
}

function deviceInLine({ isCurrent, deviceModel, app, appVersion, platform, country, activeAt }: Device): string {
  const what = [`${app} ${appVersion}`, deviceModel, platform, country].filter((part) => part !== "").map(plainText);
  return `${isCurrent ? "*" : " "} ${what.join(", ")}, last used ${activeAt}`;
}

function inLine({ name, account, form, problem }: SessionDetails): string {
  if (problem !== undefined) return `${name}  cannot be used: ${plainText(problem.message)}`;
  const who = account?.username === undefined ? String(account?.id ?? "account not known yet") : `@${account.username}`;
  return `${name}  ${who}  ${form ?? ""}`;
}
