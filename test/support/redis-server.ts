import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Why tests that need Redis cannot run here; `undefined` when they can. */
export const redisMissing: string | undefined =
  spawnSync("redis-server", ["--version"]).status === 0 ? undefined : "no redis-server program is installed";

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** Sends one command without a driver and gives Redis's answer as it came. */
  command(...words: string[]): Promise<string>;
  stop(): Promise<void>;
  /** Starts it again at the same port, with the data of before unless `empty`. */
  start(options?: { readonly empty?: boolean }): Promise<void>;
}

/** A Redis of this test alone, on a free port of this machine, with AOF unless told otherwise. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  // A test that hangs is ended from outside: its server must not stay behind.
  const killLeftover = (): void => {
    child?.kill("SIGKILL");
  };
  process.once("exit", killLeftover);
  const data = (): string => join(folder, "appendonlydir");

  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    folder,
    command: (...words) => command(port, words),
    async stop() {
      if (child === undefined) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      child = undefined;
    },
    async start({ empty = false } = {}) {
      if (empty) await rm(data(), { recursive: true, force: true });
      const all = {
        port: `${port}`,
        bind: "127.0.0.1",
        dir: folder,
        save: "",
        appendonly: "yes",
        appendfsync: "always",
        ...settings,
      };
      const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
      child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
      await readyToAccept(child);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      process.off("exit", killLeftover);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function readyToAccept(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error("redis-server has no output");
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    log.push(line);
    if (line.includes("Ready to accept connections")) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error(`redis-server did not start:\n${log.join("\n")}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function command(port: number, words: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  try {
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
    const [answer] = (await once(socket, "data")) as [string];
    return answer.trim();
  } finally {
    socket.destroy();
  }
}
