import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A program that runs in a process of its own. */
export interface RunningProgram {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line that it prints; `undefined` once it has ended. */
  readonly line: () => Promise<string | undefined>;
  /** All lines that are still to come. */
  readonly rest: () => Promise<readonly string[]>;
  /** Its exit code, and what it complained about. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

/** Examples that are built as their reader would run them, and started by their names. */
export interface ExamplePrograms extends AsyncDisposable {
  readonly start: (name: string, args?: readonly string[], env?: Readonly<Record<string, string>>) => RunningProgram;
}

/** @param names files of examples/ without their `.ts` */
export async function examplePrograms(...names: readonly string[]): Promise<ExamplePrograms> {
  // Inside node_modules, so that packages are found from there.
  const cache = join(ROOT, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "tg-guarded-examples-"));
  await build({
    entry: Object.fromEntries(names.map((name) => [name, join(ROOT, "examples", `${name}.ts`)])),
    outDir: folder,
    format: ["esm"],
    outExtension: () => ({ js: ".mjs" }),
    target: "node20",
    // Of the packages that the examples need, not this one's: tsup would take them in.
    external: ["express", "ioredis", "pg"],
    silent: true,
    config: false,
  });
  const running = new Set<ChildProcessWithoutNullStreams>();
  return {
    start(name, args = [], env = {}) {
      const path = join(folder, `${name}.mjs`);
      const child = spawn(process.execPath, [path, ...args], { cwd: ROOT, env: { ...process.env, ...env } });
      running.add(child);
      child.once("close", () => running.delete(child));
      return follow(child);
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) {
        const gone = once(child, "close");
        child.kill("SIGKILL");
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function follow(child: ChildProcessWithoutNullStreams): RunningProgram {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string | undefined> => {
    const next = await lines.next();
    return next.done === true ? undefined : next.value;
  };
  return {
    process: child,
    line,
    async rest() {
      const all: string[] = [];
      for (let next = await line(); next !== undefined; next = await line()) all.push(next);
      return all;
    },
    ended: ending(child),
  };
}

async function ending(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; complaint: string }> {
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  await once(child, "close");
  return { code: child.exitCode, complaint };
}
