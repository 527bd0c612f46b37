import { ServerClock } from "./clock.js";
import { DataCentre, HOST } from "./data-centre.js";
import { Faults } from "./faults.js";
import { describeSandbox, type SandboxInfo } from "./info.js";
import { RequestLog } from "./log.js";
import { Logins } from "./login/logins.js";
import type { AuthKey } from "./mtproto/auth-key.js";
import type { Endpoint } from "./mtproto/endpoint.js";
import { MessageIds } from "./mtproto/message-ids.js";
import type { ServerKey } from "./mtproto/server-key.js";
import { Dispatcher } from "./rpc/dispatch.js";
import { pushUpdates } from "./rpc/push.js";
import { Timers } from "./timers.js";
import { passTime } from "./world/release.js";
import { createWorld, type World, type WorldSource } from "./world/world.js";

/** Telegram has as many. */
const MOST_DCS = 5;
/** Timers may fire a little early. */
const TIMER_SLACK_MS = 10;
/** Beyond this setTimeout would fire at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

export interface ServerOptions {
  readonly world: WorldSource;
  /** How many data centres there are. */
  readonly dcs: number;
  readonly faults: unknown;
  readonly logFile: string | undefined;
  readonly now: () => number;
}

/** One world, served by one or several data centres, each on a port of its own. */
export class SandboxServer {
  readonly world: World;
  readonly logins = new Logins();
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly problems: unknown[] = [];
  readonly unserved = new Map<string, number>();
  private readonly timers = new Timers();
  private readonly centres: readonly DataCentre[];

  constructor(
    private readonly serverKey: ServerKey,
    options: ServerOptions,
  ) {
    const clock = new ServerClock(options.now);
    this.world = createWorld(options.world, clock.now);
    this.faults = new Faults(options.faults);
    this.log = new RequestLog(options.logFile);
    const shared = this.endpoint(clock, options.now);
    let connections = 0;
    const nextConnection = (): number => ++connections;
    this.centres = dcIds(options.dcs, this.world.mainDc).map((dcId) => {
      return new DataCentre({ ...shared, dcId, keys: this.logins.keysAt(dcId) }, nextConnection);
    });
    this.settle();
    this.announce(clock);
  }

  get connections(): number {
    return this.centres.reduce((sum, { connections }) => sum + connections, 0);
  }

  /** Opens the ports (the main data centre's as wanted) and gives each account a key that is already logged in. */
  async listen(wanted: number): Promise<SandboxInfo> {
    const { world, logins } = this;
    for (const centre of this.centres) {
      const port = await centre.listen(centre.id === world.mainDc ? wanted : 0);
      world.dcOptions = [...world.dcOptions, { id: centre.id, host: HOST, port }];
    }
    const provisioned = new Map<number, AuthKey>();
    for (const account of world.accounts) {
      provisioned.set(account.id, logins.handOut(account, world.homeOf(account), world.now()));
    }
    return describeSandbox(this.serverKey.publicKeyPem, world, provisioned);
  }

  dropConnections(): void {
    for (const centre of this.centres) centre.dropConnections();
  }

  async close(): Promise<void> {
    this.world.onUpdates = undefined;
    this.timers.clear();
    await Promise.all(this.centres.map((centre) => centre.close()));
    this.timers.clear();
    this.log.close();
  }

  /** What all data centres have in common. */
  private endpoint(clock: ServerClock, steadyNow: () => number): Omit<Endpoint, "dcId" | "keys"> {
    const { world, logins, timers, faults, log, serverKey } = this;
    const { now } = clock;
    const report = (problem: unknown): void => {
      this.problems.push(problem);
    };
    const reportUnserved = (method: string): void => {
      this.unserved.set(method, (this.unserved.get(method) ?? 0) + 1);
    };
    const environment = { world, logins, now, report, reportUnserved, clock, steadyNow, timers, faults, log };
    const { execute } = new Dispatcher(environment);
    return { serverKey, clock, timers, messageIds: new MessageIds(now), execute, report };
  }

  /** Spreads the accounts over the data centres: the first lives at the main one, the next at the one after it. */
  private settle(): void {
    const ids = this.centres.map(({ id }) => id);
    const first = ids.indexOf(this.world.mainDc);
    for (const [place, account] of this.world.accounts.entries()) {
      const dcId = ids[(first + place) % ids.length];
      if (dcId !== undefined) this.world.changeLogin(account.id, { dcId });
    }
  }

  /** Has time pass in the world, and what happens there told to the clients. */
  private announce(clock: ServerClock): void {
    const { world, logins, timers } = this;
    world.schedule.onDate = (due) => {
      const waitMs = Math.max(0, due * 1000 - clock.now()) + TIMER_SLACK_MS;
      if (waitMs < LONGEST_TIMER_MS)
        timers.after(waitMs, () => {
          passTime(world);
        });
    };
    world.onUpdates = (accountId, updates) => {
      pushUpdates(logins.keys(), accountId, updates);
    };
  }
}

/** @throws RangeError */
function dcIds(count: number, main: number): readonly number[] {
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_DCS) {
    throw new RangeError(`dcs must be a whole number from 1 to ${MOST_DCS}`);
  }
  return count === 1 ? [main] : Array.from({ length: count }, (_, place) => place + 1);
}
