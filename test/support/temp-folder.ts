import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertNoSecrets } from "./no-secrets.js";

/** A folder that is gone when its test ends. No secret may be left in it. */
export async function tempFolder(): Promise<AsyncDisposable & { readonly path: string; file(name: string): string }> {
  const path = await mkdtemp(join(tmpdir(), "tg-guarded-test-"));
  return {
    path,
    file: (name) => join(path, name),
    async [Symbol.asyncDispose]() {
      try {
        await assertNoSecrets(path);
      } finally {
        await rm(path, { recursive: true, force: true });
      }
    },
  };
}
