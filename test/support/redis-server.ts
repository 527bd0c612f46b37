import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAtFreePort, type ServerProcess } from "./server-process.js";

/** Why tests that need Redis cannot run here; `undefined` when they can. */
export const redisMissing: string | undefined =
  spawnSync("redis-server", ["--version"]).status === 0 ? undefined : "no redis-server program is installed";

export interface RedisServer extends ServerProcess {
  readonly url: string;
  readonly folder: string;
  /** Sends one command without a driver and gives Redis's answer as it came. */
  command(...words: string[]): Promise<string>;
  /** Starts it again at the same port, with the data of before unless `empty`. */
  start(options?: { readonly empty?: boolean }): Promise<void>;
}

/** A Redis of this test alone, on a free port of this machine, with AOF unless told otherwise. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-redis-"));
  const all = {
    bind: "127.0.0.1",
    dir: folder,
    save: "",
    appendonly: "yes",
    appendfsync: "always",
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const { server, port } = await startAtFreePort((at) => ({
    name: "redis-server",
    run: () => spawn("redis-server", ["--port", `${at}`, ...args], { stdio: ["ignore", "pipe", "inherit"] }),
    ready: "Ready to accept connections",
    signal: "SIGKILL",
  }));
  return {
    ...server,
    url: `redis://127.0.0.1:${port}`,
    folder,
    command: (...words) => command(port, words),
    async start({ empty = false } = {}) {
      if (empty) await rm(join(folder, "appendonlydir"), { recursive: true, force: true });
      await server.start();
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
