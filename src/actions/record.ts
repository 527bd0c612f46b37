import {
  claimAction,
  openApproval,
  renewLease,
  settleAction,
  standingOf,
  type ActionState,
  type Claimed,
  type Claiming,
  type Ending,
  type Opened,
  type Opening,
  type Standing,
} from "../state/action.js";
import { markStep } from "../state/action-mark.js";
import { askOperator, type Asked, type Asking } from "../state/action-request.js";
import type { StateStore, Transition } from "../stores/store.js";

/** The key of all actions' records, of all accounts that share the store. */
export const ACTION_KEYS = "action:";
export const keysOf = (account: string): string => `${ACTION_KEYS}${account}:`;
export const actionKey = (account: string, digest: string): string => keysOf(account) + digest;
/** The keys of all actions of the same account. */
export const siblingsOf = (key: string): string => key.slice(0, key.lastIndexOf(":") + 1);
/** The digest that a record's key ends with. */
export const digestIn = (key: string): string => key.slice(key.lastIndexOf(":") + 1);

/** Enough of the digest to name an action by. */
const ID_LENGTH = 24;
export const actionIdOf = (digest: string): string => digest.slice(0, ID_LENGTH);

/** The record of one action in the store. Every step is one atomic update that survives a power cut. */
export class ActionRecord {
  constructor(
    readonly store: StateStore,
    readonly key: string,
  ) {}

  open(opening: Opening): Promise<Opened> {
    return this.#durably(openApproval(opening));
  }

  ask(asking: Asking): Promise<Asked> {
    return this.#durably(askOperator(asking));
  }

  claim(claiming: Claiming): Promise<Claimed> {
    return this.#durably(claimAction(claiming));
  }

  /** False when another runner has taken over. */
  mark(fence: number, step: string, value: string): Promise<boolean> {
    return this.#durably(markStep(fence, step, value));
  }

  settle(fence: number, ending: Ending): Promise<boolean> {
    return this.#durably(settleAction(fence, ending));
  }

  /** A lease is worth nothing after a power cut, so this one need not wait for the disk. */
  renew(fence: number, leaseMs: number): Promise<boolean> {
    return this.store.update(this.key, renewLease(fence, leaseMs));
  }

  /** Where it stands for an approver of this kind. */
  standing(approver: string, windowMs: number, before?: string): Promise<Standing> {
    return this.store.update(this.key, standingOf(approver, windowMs, before));
  }

  #durably<R>(transition: Transition<ActionState, R>): Promise<R> {
    return this.store.update(this.key, transition, { durable: true });
  }
}
