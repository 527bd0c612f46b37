import { createServer, type Server, type Socket } from "node:net";
import { ServerClock } from "./clock.js";
import { SandboxError } from "./error.js";
import { Faults } from "./faults.js";
import { describeSandbox, type SandboxInfo } from "./info.js";
import { RequestLog } from "./log.js";
import { provisionKey, type AuthKey } from "./mtproto/auth-key.js";
import { Connection } from "./mtproto/connection.js";
import type { Endpoint } from "./mtproto/endpoint.js";
import { MessageIds } from "./mtproto/message-ids.js";
import type { ServerKey } from "./mtproto/server-key.js";
import { Dispatcher } from "./rpc/dispatch.js";
import { pushUpdates } from "./rpc/push.js";
import { Timers } from "./timers.js";
import { passTime } from "./world/release.js";
import { createWorld, type World, type WorldSource } from "./world/world.js";

const HOST = "127.0.0.1";
const DC_ID = 2;
/** Timers may fire a little early. */
const TIMER_SLACK_MS = 10;
/** Beyond this setTimeout would fire at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

export interface ServerOptions {
  readonly world: WorldSource;
  readonly faults: unknown;
  readonly logFile: string | undefined;
  readonly now: () => number;
}

/** One data centre with its world, on one port of the loopback interface. */
export class SandboxServer {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly problems: unknown[] = [];
  readonly unserved = new Map<string, number>();
  private readonly sockets = new Map<Socket, Connection>();
  private readonly timers = new Timers();
  private readonly keys = new Map<bigint, AuthKey>();
  private readonly endpoint: Endpoint;
  private readonly listener: Server;
  private connectionCount = 0;

  constructor(
    private readonly serverKey: ServerKey,
    options: ServerOptions,
  ) {
    const clock = new ServerClock(options.now);
    const { timers, keys } = this;
    this.world = createWorld(options.world, clock.now);
    this.faults = new Faults(options.faults);
    this.log = new RequestLog(options.logFile);
    const report = (problem: unknown): void => {
      this.problems.push(problem);
    };
    const { world, faults, log } = this;
    const reportUnserved = (method: string): void => {
      this.unserved.set(method, (this.unserved.get(method) ?? 0) + 1);
    };
    const { now } = clock;
    const steadyNow = options.now;
    const environment = { world, now, keys, report, reportUnserved, clock, steadyNow, timers, faults, log };
    const { execute } = new Dispatcher(environment);
    const messageIds = new MessageIds(clock.now);
    this.endpoint = { dcId: DC_ID, serverKey, clock, timers, messageIds, keys, execute, report };
    this.listener = createServer((socket) => {
      this.accept(socket);
    });
    world.schedule.onDate = (due) => {
      const waitMs = Math.max(0, due * 1000 - clock.now()) + TIMER_SLACK_MS;
      if (waitMs < LONGEST_TIMER_MS)
        timers.after(waitMs, () => {
          passTime(world);
        });
    };
    world.onUpdates = (accountId, updates) => {
      pushUpdates(keys.values(), accountId, updates);
    };
  }

  get connections(): number {
    return this.sockets.size;
  }

  /** Opens the port and gives each account a key that is already logged in. */
  async listen(wanted: number): Promise<SandboxInfo> {
    const port = await listen(this.listener, wanted);
    this.world.dcOptions = [{ id: DC_ID, host: HOST, port }];
    const provisioned = new Map<number, AuthKey>();
    for (const account of this.world.accounts) {
      const key = provisionKey(account);
      this.keys.set(key.id, key);
      provisioned.set(account.id, key);
    }
    const place = { host: HOST, port, dcId: DC_ID };
    return describeSandbox(place, this.serverKey.publicKeyPem, this.world, provisioned);
  }

  dropConnections(): void {
    for (const connection of this.sockets.values()) connection.destroy();
  }

  async close(): Promise<void> {
    this.world.onUpdates = undefined;
    this.timers.clear();
    const closed = new Promise<void>((resolve) => {
      this.listener.close(() => {
        resolve();
      });
    });
    this.dropConnections();
    await closed;
    this.timers.clear();
    this.log.close();
  }

  private accept(socket: Socket): void {
    this.sockets.set(socket, new Connection(++this.connectionCount, socket, this.endpoint));
    socket.once("close", () => this.sockets.delete(socket));
  }
}

function listen(listener: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once("error", (error: NodeJS.ErrnoException) => {
      reject(explain(error, port));
    });
    listener.listen(port, HOST, () => {
      const address = listener.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number): SandboxError {
  const inUse = error.code === "EADDRINUSE";
  const message = inUse ? `port ${port} of ${HOST} is in use` : `cannot listen on ${HOST}:${port}: ${error.message}`;
  const nextStep = "Choose another port, or port 0 for any that is free.";
  return new SandboxError(inUse ? "port_in_use" : "cannot_listen", message, nextStep, { cause: error });
}
