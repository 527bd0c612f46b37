import { execFile } from "node:child_process";
import { join } from "node:path";

/** Windows has no modes: who may do what stands in an access list, which icacls shows and changes. */

/** Who may read everything whatever the list says: the system, the administrators. */
const ALWAYS: ReadonlySet<string> = new Set(["S-1-5-18", "S-1-5-32-544"]);

/** The arguments that leave a file or folder to one user alone. */
export const grantArguments = (path: string, sid: string, isFolder: boolean): readonly string[] => [
  path,
  "/inheritance:r",
  "/grant:r",
  `*${sid}:${isFolder ? "(OI)(CI)" : ""}F`,
];

/** The arguments that write the list, with identifiers instead of names, which differ by language. */
const saveArguments = (path: string, listFile: string): readonly string[] => [path, "/save", listFile];

/** The user's identifier, as `whoami /user /fo csv /nh` prints it: `"host\user","S-1-5-…"`. */
export const parseWhoami = (output: string): string | undefined => /"(S-1-[\d-]+)"\s*$/.exec(output.trim())?.[1];

/** Identifiers that stand for others than their letters in such a list. */
const SHORT: Readonly<Record<string, string>> = { SY: "S-1-5-18", BA: "S-1-5-32-544" };

/**
 * Who but the user is let in by a list as `icacls /save` writes it: the name, then the list in Windows' own notation,
 * `D:PAI(A;;FA;;;S-1-5-…)(A;;FA;;;SY)`. `undefined` when it cannot be read.
 */
export function othersAllowed(saved: string, sid: string): readonly string[] | undefined {
  const list = /(?:^|\n)D:[A-Z]*((?:\([^()]*\))*)\s*$/.exec(saved.replace(/\r/g, ""))?.[1];
  if (list === undefined) return undefined;
  const entries = [...list.matchAll(/\(([^()]*)\)/g)].map(([, entry = ""]) => entry.split(";"));
  return entries
    .filter(([kind = ""]) => kind.startsWith("A"))
    .map((entry) => entry[5] ?? "")
    .map((who) => SHORT[who] ?? who)
    .filter((who) => who !== sid && !ALWAYS.has(who));
}

const systemProgram = (name: string): string => join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", name);

const run = (name: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(systemProgram(name), args, { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${name} failed`));
    });
  });

/** Leaves a file or folder to this user alone. Whoever cannot be kept out is told. */
export async function protectOnWindows(
  path: string,
  isFolder: boolean,
  readSaved: () => Promise<string>,
  listFile: string,
): Promise<readonly string[]> {
  const sid = parseWhoami(await run("whoami.exe", ["/user", "/fo", "csv", "/nh"]));
  if (sid === undefined) return ["somebody: the user is not known"];
  await run("icacls.exe", grantArguments(path, sid, isFolder));
  await run("icacls.exe", saveArguments(path, listFile));
  return othersAllowed(await readSaved(), sid) ?? ["somebody: the access list cannot be read"];
}
