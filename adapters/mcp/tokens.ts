import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const fileSchema = z.object({
  clients: z.array(z.object({ name: z.string().min(1).max(64), token: z.string().min(32) })).min(1),
});

/** Who may speak to the server, by a token each. */
export interface Tokens {
  /** The client whose token it is; `undefined` for a token of nobody. */
  readonly ownerOf: (token: string) => string | undefined;
  /** True when the file was made now. */
  readonly isNew: boolean;
}

const OTHERS = 0o077;

/**
 * Reads the clients' tokens, or makes a file with one. A token is never an argument, a variable or part of an address, which
 * others can see.
 *
 * @throws Error where others can read the file, or it is none
 */
export function readTokens(path: string): Tokens {
  const isNew = makeFile(path);
  if (process.platform !== "win32" && (statSync(path).mode & OTHERS) !== 0) {
    chmodSync(path, 0o600);
    throw new Error(`Others could read the tokens in ${path}. Delete the file: the next start makes new ones.`);
  }
  const clients = parse(path).map(({ name, token }) => ({ name, hash: hashOf(token) }));
  return {
    isNew,
    ownerOf(token) {
      const hash = hashOf(token);
      // All are compared, so that the time tells nothing.
      return clients.filter((client) => timingSafeEqual(client.hash, hash))[0]?.name;
    },
  };
}

function makeFile(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const clients = [{ name: "default", token: randomBytes(32).toString("base64url") }];
  try {
    writeFileSync(path, `${JSON.stringify({ clients }, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function parse(path: string): z.infer<typeof fileSchema>["clients"] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8"))).clients;
  } catch {
    // The parser's own error shows what stands there.
    throw new Error(
      `${path} holds no tokens: it must be {"clients": [{"name": "…", "token": "…"}]}, of 32 characters or more.`,
    );
  }
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
