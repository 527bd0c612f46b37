import { absorb, leaveFor } from "../state/admission-move.js";
import type { AdmissionState } from "../state/admission.js";
import type { Rate } from "../state/token-bucket.js";
import type { StateStore } from "../stores/store.js";
import { admissionKey } from "./admission.js";
import { sharedRate, SHARED_BUCKET, type BudgetOptions } from "./budgets.js";

interface MoveOptions extends BudgetOptions {
  readonly store: StateStore;
  /** Where the shared budget is kept when that is another place. */
  readonly bucketStore?: StateStore;
}

/** The session's account has become known: what its requests have used up so far counts for the account. */
export async function moveAdmission(options: MoveOptions, from: string, to: string): Promise<void> {
  const { store, bucketStore = store, ...budget } = options;
  await moveRecord(store, budget, from, to);
  if (bucketStore !== store) await moveRecord(bucketStore, budget, from, to);
}

async function moveRecord(store: StateStore, budget: BudgetOptions, from: string, to: string): Promise<void> {
  const target = admissionKey(to);
  const left = await store.update<AdmissionState, AdmissionState | undefined>(admissionKey(from), leaveFor(target));
  if (left === undefined) return;
  const rate = sharedRate(budget);
  const rates: Record<string, Rate> = rate === undefined ? {} : { [SHARED_BUCKET]: rate };
  await store.update<AdmissionState, undefined>(target, absorb(left, rates));
}
