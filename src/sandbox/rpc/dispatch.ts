import type { Fault, Faults } from "../faults.js";
import type { RequestLog } from "../log.js";
import type { ApiRequest } from "../mtproto/endpoint.js";
import { pack } from "../mtproto/gzip.js";
import { rejectSalt } from "../mtproto/receive.js";
import type { ServerClock } from "../clock.js";
import type { Timers } from "../timers.js";
import { afterOthers } from "./after-others.js";
import { execute, refusal, type ExecutionEnvironment, type Outcome } from "./execute.js";
import { RpcError } from "./handler.js";
import { targetOf } from "./request-target.js";
import { unwrap, type Unwrapped } from "./wrappers.js";

export interface DispatchEnvironment extends ExecutionEnvironment {
  readonly clock: ServerClock;
  /** The clock that faults do not move: budgets and the log go by it. */
  readonly steadyNow: () => number;
  readonly timers: Timers;
  readonly faults: Faults;
  readonly log: RequestLog;
}

const DROPPED = "dropped";

/** From a request's bytes to its answer: wrappers off, faults, execution, log, reply. */
export class Dispatcher {
  constructor(private readonly environment: DispatchEnvironment) {}

  /** Carries the request out at once, or when those that it shall follow are. Its reply may wait longer. */
  readonly execute = (request: ApiRequest): void => {
    const unwrapped = unwrap(request.body, request.allowance);
    afterOthers(request, unwrapped.after, this.environment.timers, (error) => {
      this.carryOut(request, error ? { ...unwrapped, request: error } : unwrapped);
    });
  };

  private carryOut(request: ApiRequest, unwrapped: Unwrapped): void {
    const { faults, steadyNow } = this.environment;
    const { account } = request.session.key;
    const at = steadyNow();
    const fault = faults.decide({ ...unwrapped, account, now: at });
    const write = this.logger(request, unwrapped, at);
    if (fault !== undefined && this.preventedBy(fault, request, write)) return;
    // Telegram has read the introduction by then, whatever comes of the request in it.
    if (unwrapped.about) request.session.key.introduce(unwrapped.about);
    const outcome =
      fault?.kind === "error"
        ? refusal(new RpcError(fault.code, fault.name))
        : execute({ ...unwrapped, messageId: request.messageId }, request.session, this.environment);
    this.awaiting(outcome, (decided) => {
      this.reply(request, decided, fault, write);
      request.session.settle(request.messageId, decided.name === "ok" ? "done" : "failed");
    });
  }

  /** Some answers depend on somebody else, and come later: what a bot says to who pressed its button. */
  private awaiting(outcome: Outcome, decide: (outcome: Outcome) => void): void {
    const { awaited } = outcome;
    if (!awaited) {
      decide(outcome);
      return;
    }
    const stopTimer = this.environment.timers.after(awaited.mostMs, () => {
      stopWaiting();
      decide(outcome);
    });
    const stopWaiting = awaited.begin((late) => {
      stopTimer();
      decide(late);
    });
  }

  /** Faults that come before the execution; true when there will be none. */
  private preventedBy(fault: Fault, request: ApiRequest, write: (outcome: string) => void): boolean {
    const { session, connection, messageId } = request;
    if (fault.kind === "clockShift") this.environment.clock.shift(fault.byMs);
    else if (fault.kind === "silence") write(DROPPED);
    else if (fault.kind === "transportError") {
      session.received.expel(messageId);
      write(DROPPED);
      connection.refuse(fault.code);
    } else if (fault.kind === "badSalt") {
      session.received.expel(messageId);
      session.key.salts.replace();
      rejectSalt(session, request, this.environment.clock.unixTime());
    } else if (fault.kind === "drop" && fault.when === "before") {
      session.received.expel(messageId);
      write(DROPPED);
      connection.destroy();
    } else return false;
    return fault.kind !== "clockShift";
  }

  private reply(request: ApiRequest, outcome: Outcome, fault: Fault | undefined, write: (name: string) => void): void {
    const { session, connection, messageId } = request;
    if (fault?.kind === "drop") {
      write(DROPPED);
      connection.destroy();
      session.answer(messageId, outcome.result);
      return;
    }
    write(outcome.name);
    // Telegram packs results alone, and clients would not look for an error in there.
    const isPacked = fault?.kind === "gzip" && outcome.name === "ok";
    const result = isPacked ? pack(outcome.result) : outcome.result;
    const send = (): void => {
      session.answer(messageId, result, fault?.kind === "inContainer");
    };
    if (fault?.kind === "delay") this.environment.timers.after(fault.delayMs, send);
    else send();
  }

  private logger({ session, connection }: ApiRequest, unwrapped: Unwrapped, at: number): (outcome: string) => void {
    const { method, wrappers, request } = unwrapped;
    const account = session.key.account?.id ?? null;
    const target = request instanceof RpcError ? {} : targetOf(request);
    return (outcome) => {
      const place = { at, connection: connection.id, session: session.name, account };
      this.environment.log.add({ ...place, method, wrappers, outcome, ...target });
    };
  }
}
