import { accessSync, constants } from "node:fs";
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Sandbox } from "tg-guarded/testing";
import { root } from "../support/import-lines.js";

const OURS = {
  "tg-guarded": "cli",
  "tgmcp-read": "tgmcp-read",
  "tgmcp-actions": "tgmcp-actions",
  tgmcp: "tgmcp-read",
};

/** What is harmless, and works as the pages say. */
const TOOLS = ["bash", "cat", "chmod", "dirname", "env", "grep", "head", "mkdir", "mkfifo", "rm", "sed", "sh"];

/** Programs of others that the pages name and that do nothing here, with the reason. A further one has to be put down here. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  docker: "builds and runs images",
  "secret-tool": "the key ring of a Linux desktop",
  security: "the key ring of macOS",
  sudo: "another user of the machine",
};

/** Does what npx does with a package that is installed. */
const NPX = 'while [ "${1#-}" != "$1" ]; do [ "$1" = --package ] && shift; shift; done\nexec "$@"';

/** Looks whether there is such a script, or whether the package is one that this one knows. */
const NPM = `const { name, scripts, dependencies, devDependencies, peerDependencies } = require("${root}package.json");
const [verb, ...words] = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const known = { ...dependencies, ...devDependencies, ...peerDependencies, [name]: "" };
const ok = verb === "ci" || (verb === "install" ? words.every((word) => word in known) : (verb === "run" ? words[0] : verb) in scripts);
process.exit(ok ? 0 : 1);`;

/** A folder that holds every program that a script can find. */
export async function programsIn(folder: string): Promise<void> {
  await mkdir(folder);
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  };
  for (const [name, entry] of Object.entries(OURS)) {
    await put(name, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist", `${entry}.js`)}" "$@"\n`);
  }
  for (const name of Object.keys(ELSEWHERE)) {
    await put(name, `#!/bin/sh\necho ${name} >> "${join(folder, "..", "elsewhere.log")}"\n`);
  }
  await put("npx", `#!/bin/sh\n${NPX}\n`);
  await put("npm", `#!${process.execPath}\n${NPM}\n`);
  for (const name of TOOLS) await symlink(whereIs(name), join(folder, name));
}

function whereIs(name: string): string {
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A home, with the files that the pages take for granted, and a sandbox in place of Telegram. */
export async function homeIn(home: string, { info }: Sandbox): Promise<void> {
  const sessions = join(home, "telegram-info.json.data/sessions");
  await mkdir(sessions, { recursive: true, mode: 0o700 });
  await mkdir(join(home, ".config/tg-guarded"), { recursive: true, mode: 0o700 });
  const put = (name: string, text: string) => writeFile(join(home, name), text, { mode: 0o600 });
  await put("telegram-info.json", JSON.stringify(info));
  const [, reading, acting] = info.accounts.map(({ session }) => session);
  for (const name of ["telegram-info.json.data/sessions/work-read.session", "read.session"])
    await put(name, reading ?? "");
  for (const name of ["telegram-info.json.data/sessions/work.session", "actions.session"])
    await put(name, acting ?? "");
  const serverFor = (program: string, session: string) => ({ command: program, env: { SESSION_NAME: session } });
  const servers = { read: serverFor("tgmcp-read", "work-read"), actions: serverFor("tgmcp-actions", "work") };
  await put(".mcp.json", JSON.stringify({ mcpServers: servers }));
  await put("message.json", JSON.stringify({ group: "@my_group", message_text: "Low tide at noon." }));
  for (const name of ["world.json", "faults.json"]) {
    await copyFile(join(root, "examples/sandbox-from-the-shell", name), join(home, name));
  }
}

export const linesOf = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
