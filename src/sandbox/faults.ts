import { Budget } from "./budget.js";
import { errorCode } from "./error-code.js";
import { parseRules, type FaultRule } from "./fault-rules.js";
import type { Account } from "./world/world.js";

export type { FaultRule } from "./fault-rules.js";

/** What happens to one request. */
export type Fault =
  | { readonly kind: "error"; readonly code: number; readonly name: string }
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  | { readonly kind: "delay"; readonly delayMs: number }
  | { readonly kind: "clockShift"; readonly byMs: number }
  | { readonly kind: "silence" | "inContainer" | "badSalt" };

export interface FaultyRequest {
  readonly method: string;
  readonly wrappers: readonly string[];
  readonly account: Account | undefined;
  readonly now: number;
}

/** A rule with its counters. */
class ActiveRule {
  fired = 0;
  private seen = 0;
  private readonly budget: Budget | undefined;

  constructor(readonly rule: FaultRule) {
    this.budget = rule.budget && new Budget(rule.budget.requests, rule.budget.perSeconds);
  }

  matches({ method, wrappers, account }: FaultyRequest): boolean {
    const { rule } = this;
    if (rule.account !== undefined && rule.account !== account?.id && rule.account !== account?.username) return false;
    if (rule.method === "*") return method !== "help.getConfig" || !wrappers.includes("initConnection");
    return rule.method === method || wrappers.includes(rule.method);
  }

  /** Counts a request that matches, and says what the rule would do to it. */
  consider(request: FaultyRequest): Fault | undefined {
    this.seen++;
    if (!this.isDue()) return undefined;
    if (this.budget === undefined) return effectOf(this.rule);
    const seconds = this.budget.take(request.account?.id ?? null, request.now);
    return seconds === undefined ? undefined : { kind: "error", code: 420, name: `FLOOD_WAIT_${seconds}` };
  }

  private isDue(): boolean {
    const { nth, every, times } = this.rule;
    if (nth !== undefined) return this.seen === nth;
    if (every !== undefined) return this.seen % every === 0;
    return times === undefined || this.seen <= times;
  }
}

function effectOf(rule: FaultRule): Fault {
  if (rule.error !== undefined) return { kind: "error", name: rule.error, code: rule.code ?? errorCode(rule.error) };
  if (rule.drop !== undefined) return { kind: "drop", when: rule.drop };
  if (rule.delayMs !== undefined) return { kind: "delay", delayMs: rule.delayMs };
  if (rule.clockShiftMs !== undefined) return { kind: "clockShift", byMs: rule.clockShiftMs };
  if (rule.silence) return { kind: "silence" };
  return { kind: rule.inContainer ? "inContainer" : "badSalt" };
}

/** The rules in force. The first that applies wins, and all of them count. */
export class Faults {
  private active: ActiveRule[] = [];

  constructor(rules: unknown = []) {
    this.set(rules);
  }

  /**
   * Replaces all rules and their counters.
   *
   * @throws SandboxError `faults_invalid`, naming the rule, the field and what is allowed
   */
  set(rules: unknown): void {
    this.active = parseRules(rules).map((rule) => new ActiveRule(rule));
  }

  /** Adds a rule behind the others. */
  add(rule: FaultRule): void {
    const [parsed] = parseRules([rule]);
    if (parsed !== undefined) this.active.push(new ActiveRule(parsed));
  }

  /** The rules that never fired. */
  unfired(): readonly FaultRule[] {
    return this.active.filter(({ fired }) => fired === 0).map(({ rule }) => rule);
  }

  decide(request: FaultyRequest): Fault | undefined {
    let winner: Fault | undefined;
    for (const active of this.active) {
      if (!active.matches(request)) continue;
      const fault = active.consider(request);
      if (fault === undefined || winner !== undefined) continue;
      winner = fault;
      active.fired++;
    }
    return winner;
  }
}
