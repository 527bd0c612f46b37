import type { Claimed } from "../../src/state/action.js";
import { LEASE_MS, WINDOW_MS } from "./action-history.js";

interface Done {
  readonly kind: "done";
  readonly key: string;
  readonly at: number;
}

/** What each claim must be answered as long as the clock only goes forward: the rules in their simplest form. */
export class ActionModel {
  now = 0;
  #open: { readonly key: string; readonly from: number; readonly to: number }[] = [];
  #phase:
    | { readonly kind: "idle" }
    | {
        readonly kind: "running" | "unknown";
        readonly key: string;
        readonly until: number;
        readonly uncertain: boolean;
        /** What was done before, where it is done again. */
        readonly former?: Done;
      }
    | Done = { kind: "idle" };
  #approval: { readonly key: string; readonly from: number; readonly to: number } | undefined;

  open(key: string, minAgeMs: number, ttlMs: number): void {
    const inTime = this.#open.filter(({ to }) => to > this.now);
    this.#open = [...inTime, { key, from: this.now + minAgeMs, to: this.now + ttlMs }].slice(-5);
  }

  claim(key: string, force: boolean): Claimed["kind"] {
    const phase = this.#phase;
    if (phase.kind === "done" && phase.key === key) return "repeated";
    const begun = phase.kind === "running" || phase.kind === "unknown";
    if (!(begun && phase.key === key)) {
      const approval = this.#open.find((open) => open.key === key);
      if (approval === undefined) return "invalid";
      if (approval.to <= this.now) return "expired";
      if (approval.from > this.now) return "early";
      if (!(phase.kind === "running" && phase.until > this.now)) {
        if (phase.kind === "done" && this.now < phase.at + WINDOW_MS && !force) return "already_done";
        this.#approval = approval;
      }
    }
    if (phase.kind === "running" && phase.until > this.now) return "busy";
    this.#open = [];
    const former = phase.kind === "done" ? { former: phase } : {};
    this.#phase = { kind: "running", key, until: this.now + LEASE_MS, uncertain: begun, ...former };
    return "claimed";
  }

  renew(): void {
    if (this.#phase.kind === "running") this.#phase = { ...this.#phase, until: this.now + LEASE_MS };
  }

  settle(kind: "done" | "released" | "unknown"): void {
    const phase = this.#phase;
    if (phase.kind !== "running") return;
    if (kind === "done") this.#phase = { kind, key: phase.key, at: this.now };
    else if (kind === "unknown" || phase.uncertain) this.#phase = { ...phase, kind: "unknown" };
    else {
      if (this.#approval !== undefined) this.#open = [this.#approval, ...this.#open.slice(-4)];
      this.#phase = phase.former ?? { kind: "idle" };
    }
  }

  forget(): void {
    this.#open = [];
    this.#phase = { kind: "idle" };
  }
}
