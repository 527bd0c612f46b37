import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const FOR_ITS_OWNER = 0o600;

/**
 * Writes a file for its owner alone. One that is there is left, unless it is to be replaced whole.
 *
 * @throws Error where there is one already
 */
export function writeOut(path: string, text: string, { replace }: { readonly replace: boolean }): void {
  if (replace) {
    replaceWhole(path, text);
    return;
  }
  try {
    writeFileSync(path, text, { mode: FOR_ITS_OWNER, flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw new Error(inTheWay(path));
    throw error;
  }
}

/** In one step: whoever reads it finds the old one or the new one. */
function replaceWhole(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}.draft`);
  try {
    writeFileSync(draft, text, { mode: FOR_ITS_OWNER, flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function inTheWay(path: string): string {
  const there = configIn(path);
  const merge =
    there === undefined
      ? "Name another file."
      : `It configures servers already: print without --out, and put what stands below ${there} into its own ${there}.`;
  return `${path} is there already, and nothing was written. ${merge} --force replaces all that stands in it.`;
}

/** The table of servers that it has, by a look at the text alone: it may be none that can be read. */
function configIn(path: string): string | undefined {
  try {
    return /\[(mcp_servers)\b|"(mcpServers|servers)"\s*:/.exec(readFileSync(path, "utf8"))?.slice(1).find(Boolean);
  } catch {
    return undefined;
  }
}
