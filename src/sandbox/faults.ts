import { Budget } from "./budget.js";
import { errorCode } from "./error-code.js";
import { parseRules, type FaultRule, type FaultStep } from "./fault-rules.js";
import { FloodPolicy } from "./flood-policy.js";
import type { Account } from "./world/world.js";

export type { FaultEffect, FaultRule, FaultStep } from "./fault-rules.js";

/** What happens to one request. */
export type Fault =
  | { readonly kind: "error"; readonly code: number; readonly name: string }
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  | { readonly kind: "delay"; readonly delayMs: number }
  | { readonly kind: "clockShift"; readonly byMs: number }
  | { readonly kind: "transportError"; readonly code: number }
  | { readonly kind: "silence" | "inContainer" | "gzip" | "badSalt" };

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
  private readonly floods: FloodPolicy | undefined;

  constructor(readonly rule: FaultRule) {
    this.budget = rule.budget && new Budget(rule.budget.requests, rule.budget.perSeconds);
    this.floods = rule.floods && new FloodPolicy();
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
    const { rule } = this;
    if (rule.sequence) return effectOf(rule.sequence[this.seen - 1]);
    if (rule.expect !== undefined || !this.isDue()) return undefined;
    return (rule.budget ?? rule.floods) ? this.flood(request) : effectOf(rule);
  }

  /** Whether what the rule is there for has happened. */
  get isFulfilled(): boolean {
    const { expect, sequence } = this.rule;
    if (expect !== undefined) return this.seen >= expect;
    return sequence ? this.seen >= sequence.length : this.fired > 0;
  }

  private flood({ account, method, now }: FaultyRequest): Fault | undefined {
    const who = account?.id ?? null;
    const seconds = this.budget?.take(who, now) ?? this.floods?.take(who, method, now);
    return seconds === undefined ? undefined : { kind: "error", code: 420, name: `FLOOD_WAIT_${seconds}` };
  }

  private isDue(): boolean {
    const { nth, every, times } = this.rule;
    if (nth !== undefined) return this.seen === nth;
    if (every !== undefined) return this.seen % every === 0;
    return times === undefined || this.seen <= times;
  }
}

function effectOf(rule: FaultStep | undefined): Fault | undefined {
  if (!rule || rule.pass) return undefined;
  if (rule.error !== undefined) return { kind: "error", name: rule.error, code: rule.code ?? errorCode(rule.error) };
  if (rule.drop !== undefined) return { kind: "drop", when: rule.drop };
  if (rule.delayMs !== undefined) return { kind: "delay", delayMs: rule.delayMs };
  if (rule.clockShiftMs !== undefined) return { kind: "clockShift", byMs: rule.clockShiftMs };
  if (rule.transportError !== undefined) return { kind: "transportError", code: -rule.transportError };
  if (rule.silence) return { kind: "silence" };
  if (rule.inContainer) return { kind: "inContainer" };
  return { kind: rule.gzip ? "gzip" : "badSalt" };
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

  /** The rules that never fired, sequences that did not come to their end, and calls that were expected and did not come. */
  unfired(): readonly FaultRule[] {
    return this.active.filter(({ isFulfilled }) => !isFulfilled).map(({ rule }) => rule);
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
