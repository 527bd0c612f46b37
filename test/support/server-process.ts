import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";

export interface ServerProgram {
  readonly name: string;
  /** Starts it, with the one of its outputs that its log goes to as a pipe. */
  readonly run: () => ChildProcess;
  /** What its log says once it serves. */
  readonly ready: string;
  /** What ends it at once, as a power cut would. */
  readonly signal: NodeJS.Signals;
}

/** The process of a server, which can be stopped and started again. */
export interface ServerProcess extends AsyncDisposable {
  /** @returns once it serves */
  start(): Promise<void>;
  stop(): Promise<void>;
}

function serverProcess({ name, run, ready, signal }: ServerProgram): ServerProcess {
  let child: ChildProcess | undefined;
  // A test that hangs is ended from outside: its server must not stay behind.
  const killLeftover = (): void => {
    child?.kill(signal);
  };
  process.once("exit", killLeftover);

  const server: ServerProcess = {
    async start() {
      child = run();
      try {
        await told(child, ready, name);
      } catch (error) {
        child.kill(signal);
        child = undefined;
        throw error;
      }
    },
    async stop() {
      if (child === undefined) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
      child = undefined;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      process.off("exit", killLeftover);
    },
  };
  return server;
}

async function told({ stdout, stderr }: ChildProcess, ready: string, name: string): Promise<void> {
  const output = stdout ?? stderr;
  if (output === null) throw new Error(`${name} has no output`);
  const log: string[] = [];
  for await (const line of createInterface({ input: output })) {
    log.push(line);
    if (line.includes(ready)) {
      output.resume();
      return;
    }
  }
  throw new Error(`${name} did not start:\n${log.join("\n")}`);
}

/** How often somebody else may be faster. */
const TRIES = 10;

/** Starts it for the first time, at a port that is free; at another where somebody took that one meanwhile. */
export async function startAtFreePort(
  programAt: (port: number) => ServerProgram,
): Promise<{ readonly server: ServerProcess; readonly port: number }> {
  for (let nth = 1; ; nth++) {
    const port = await freePort();
    const server = serverProcess(programAt(port));
    try {
      await server.start();
      return { server, port };
    } catch (error) {
      await server[Symbol.asyncDispose]();
      if (nth === TRIES || !String(error).includes("Address already in use")) throw error;
    }
  }
}

/** A port of this machine that nobody listens at. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
