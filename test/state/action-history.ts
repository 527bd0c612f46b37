import { expect } from "vitest";
import {
  claimAction,
  openApproval,
  renewLease,
  settleAction,
  type ActionState,
  type Claimed,
  type Opened,
} from "../../src/state/action.js";
import { KeptRecord } from "./kept-record.js";

export const LEASE_MS = 30_000;
export const WINDOW_MS = 3_600_000;

interface Done {
  readonly key: string;
  readonly atPassedMs: number;
}

interface Run {
  readonly key: string;
  readonly fence: number;
  readonly uncertain: boolean;
  /** What was done before, where it is done again. */
  readonly former: Done | undefined;
  /** Of the time that has passed, which no setting of the clock changes. */
  renewedAt: number;
}

/**
 * Several clients work on one action, and this keeps account of what was promised to them. It judges by what they were
 * answered and by the time that has really passed, never by what stands in the record.
 */
export class ActionHistory {
  readonly record = new KeptRecord<ActionState>();
  readonly keys: string[] = [];
  /** The run that holds the action, by what its runner knows. */
  run: Run | undefined;
  passedMs = 0;
  done: Done | undefined;
  /** What the last preview was told. */
  opened: Opened | undefined;
  readonly #begun = new Map<string, number>();
  readonly #givenBack = new Map<string, number>();
  readonly #finished = new Set<string>();
  readonly #expired = new Set<string>();
  readonly #idsOfGenerations: string[] = [];
  #highestFence = 0;
  #madeIds = 0;

  pass(ms: number): void {
    this.passedMs += ms;
    this.record.now += ms;
  }

  setBack(ms: number): void {
    this.record.now -= ms;
  }

  #newIds(): string[] {
    return [`random-${++this.#madeIds}`, `more-${this.#madeIds}`];
  }

  open(minAgeMs: number, ttlMs: number): string {
    this.#forgetWhatIsForgotten();
    const key = `approval-${this.keys.length}`;
    this.keys.push(key);
    this.opened = this.record.run(
      openApproval({ key, approver: "code", minAgeMs, ttlMs, randomIds: this.#newIds(), windowMs: WINDOW_MS }),
    );
    return key;
  }

  claim(key: string, forceResend: boolean): Claimed {
    this.#forgetWhatIsForgotten();
    const randomIds = this.#newIds();
    const claimed = this.record.run(
      claimAction({ key, leaseMs: LEASE_MS, windowMs: WINDOW_MS, forceResend, randomIds }),
    );
    if (claimed.kind === "expired") this.#expired.add(key);
    if (claimed.kind === "repeated") expect(this.done?.key).toBe(key);
    if (claimed.kind === "claimed") this.#claimed(key, claimed, forceResend);
    return claimed;
  }

  #claimed(key: string, claimed: Extract<Claimed, { kind: "claimed" }>, forced: boolean): void {
    const { run } = this;
    const resumed = claimed.uncertainSinceMs !== undefined;

    // Never two live fences, and each is higher than all before.
    if (run !== undefined) expect(this.passedMs - run.renewedAt).toBeGreaterThanOrEqual(LEASE_MS);
    expect(claimed.fence).toBeGreaterThan(this.#highestFence);
    this.#highestFence = claimed.fence;

    // An approval begins one run; only what surely was not applied gave it back.
    if (!resumed) {
      this.#begun.set(key, (this.#begun.get(key) ?? 0) + 1);
      expect(this.#begun.get(key)).toBeLessThanOrEqual(1 + (this.#givenBack.get(key) ?? 0));
      expect(this.#expired).not.toContain(key);
    }

    // Done within the window is done.
    if (this.done !== undefined && this.passedMs - this.done.atPassedMs < WINDOW_MS) expect(forced).toBe(true);

    const ids = claimed.randomIds.join();
    if (this.done === undefined && this.#idsOfGenerations.length > 0) expect(ids).toBe(this.#idsOfGenerations.at(-1));
    else expect(this.#idsOfGenerations).not.toContain(ids);
    if (ids !== this.#idsOfGenerations.at(-1)) this.#idsOfGenerations.push(ids);
    this.run = { key, fence: claimed.fence, uncertain: resumed, former: this.done, renewedAt: this.passedMs };
    this.done = undefined;
  }

  /** A runner settles; `fence` may be one that was overtaken long ago. */
  settle(fence: number, kind: "done" | "released" | "unknown"): boolean {
    const before = this.record.state;
    const ending = kind === "done" ? ({ kind, result: { id: fence }, windowMs: WINDOW_MS } as const) : { kind };
    const ours = this.record.run(settleAction(fence, ending));
    const { run } = this;
    expect(ours).toBe(run?.fence === fence);
    if (run?.fence !== fence) {
      expect(this.record.state).toEqual(before);
      return ours;
    }
    this.run = undefined;
    if (kind === "done") {
      expect(this.#finished).not.toContain(run.key);
      this.#finished.add(run.key);
      this.done = { key: run.key, atPassedMs: this.passedMs };
    }
    if (kind === "released" && !run.uncertain) {
      this.#givenBack.set(run.key, (this.#givenBack.get(run.key) ?? 0) + 1);
      // What was done before is still done, and nothing more.
      this.done = run.former;
    }
    return ours;
  }

  renew(fence: number): boolean {
    const before = this.record.state;
    const ours = this.record.run(renewLease(fence, LEASE_MS));
    expect(ours).toBe(this.run?.fence === fence);
    if (this.run?.fence === fence) this.run.renewedAt = this.passedMs;
    else expect(this.record.state).toEqual(before);
    return ours;
  }

  /** A record that nobody began, or that was done long ago, is dropped by the store; then everything starts anew. */
  #forgetWhatIsForgotten(): void {
    if (this.record.state !== undefined) return;
    expect(this.run).toBeUndefined();
    if (this.done !== undefined) expect(this.passedMs - this.done.atPassedMs).toBeGreaterThanOrEqual(WINDOW_MS);
    this.done = undefined;
    this.#idsOfGenerations.length = 0;
    this.#highestFence = 0;
  }
}
