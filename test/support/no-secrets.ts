import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";

/** The application that every sandbox knows, and 256 bytes in base64, as long as the key of a session. */
const SECRET =
  /(?<![0-9a-f])0123456789abcdef0123456789abcdef(?![0-9a-f])|(?<![\w+/-])1?[A-Za-z0-9+/_-]{342,352}={0,2}(?![\w+/=-])/;
/** What is there to hold them: sessions, the sandbox's own information, configuration that a test has written. */
const HOLDERS = /\.session$|\.session\.|(info|sandbox)[^/]*\.json$|\.env$|\.toml$|mcp[^/]*\.json$|env[^/]*\.txt$/;
/** Larger files are exports with media. */
const MOST_BYTES = 20_000_000;

/** Looks through everything that a test has left in a folder. */
export async function assertNoSecrets(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !HOLDERS.test(path) && SECRET.test(await textOf(path))) found.push(relative(folder, path));
  }
  if (found.length > 0) throw new Error(`A secret stands in ${found.join(", ")}.`);
}

/** Of what is too large, or gone meanwhile, nothing. */
async function textOf(path: string): Promise<string> {
  try {
    return (await stat(path)).size > MOST_BYTES ? "" : await readFile(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
