import {
  claimAction,
  openApproval,
  renewLease,
  settleAction,
  type ActionPhase,
  type ActionState,
  type Claimed,
  type Claiming,
  type Ending,
  type Opened,
  type Opening,
} from "../state/action.js";
import type { StateStore, Transition } from "../stores/store.js";

/** The record of one action in the store. Every step is one atomic update that survives a power cut. */
export class ActionRecord {
  constructor(
    readonly store: StateStore,
    readonly key: string,
  ) {}

  open(opening: Opening): Promise<Opened> {
    return this.#durably(openApproval(opening));
  }

  claim(claiming: Claiming): Promise<Claimed> {
    return this.#durably(claimAction(claiming));
  }

  settle(fence: number, ending: Ending): Promise<boolean> {
    return this.#durably(settleAction(fence, ending));
  }

  /** A lease is worth nothing after a power cut, so this one need not wait for the disk. */
  renew(fence: number, leaseMs: number): Promise<boolean> {
    return this.store.update(this.key, renewLease(fence, leaseMs));
  }

  phase(): Promise<ActionPhase | undefined> {
    return this.store.update<ActionState, ActionPhase | undefined>(this.key, (current) => ({
      next: current,
      result: current?.phase,
    }));
  }

  #durably<R>(transition: Transition<ActionState, R>): Promise<R> {
    return this.store.update(this.key, transition, { durable: true });
  }
}
