import {
  approvers,
  GuardedClient,
  OperatorDesk,
  openAuditTrail,
  type ClientOptions,
  type StateStore,
} from "tg-guarded";
import { trailIn } from "../../../src/audit/desk.js";
import { storeIdOf } from "../../../src/stores/store-id.js";
import type { Order } from "./order.js";
import type { RefusedOrder } from "./refused.js";

/** An order as a worker gets it. */
export interface Given {
  readonly id: string;
  readonly operation: string;
  readonly input: unknown;
  /** By which the audit trail names it; absent for what needs no approval. */
  readonly actionId?: string;
  readonly batchId?: string;
  readonly gate?: { readonly confirm: boolean; readonly confirmationText?: string; readonly approvalCode?: string };
  readonly mode: "code" | "operator";
}

const GATE = { confirm: true, confirmationText: "carry it out" };
const WRONG_CODE = "00000000";

/** Previews all orders and has those approved that shall be; gives them as workers take them. */
export async function approveAll(
  options: ClientOptions & { readonly store: StateStore; readonly dataDir: string },
  orders: readonly Order[],
  refused: readonly RefusedOrder[],
): Promise<readonly Given[]> {
  const open = (mode: "code" | "operator") => {
    const approver = mode === "code" ? approvers.code({ minAgeMs: 0 }) : approvers.operator();
    return GuardedClient.open({ ...options, actions: { ...options.actions, approver } });
  };
  await using byCode = await open("code");
  await using byOperator = await open("operator");
  const storeId = await storeIdOf(options.store);
  const trailOf = (account: string) =>
    openAuditTrail(trailIn({ dataDir: options.dataDir, store: options.store, storeId, account }));
  const desk = new OperatorDesk({ store: options.store, trailOf });
  const approve = async (order: Order, verdict: "approve" | "reject" | undefined): Promise<Given> => {
    const { id, operation, input, mode = "code" } = order;
    const { actions } = mode === "code" ? byCode : byOperator;
    const created = await order.create?.(actions.batches);
    const given = { id, operation, input, mode, ...(created === undefined ? {} : { batchId: created.batchId }) };
    if (mode === "operator") {
      const asked = await (created?.approve(GATE) ?? order.ask?.(actions, GATE));
      if (verdict !== undefined) await desk[verdict](asked?.actionId ?? "");
      return { ...given, gate: GATE, ...(asked && { actionId: asked.actionId }) };
    }
    const preview = await (created?.preview() ?? order.preview?.(actions));
    const code = preview?.approval.code;
    if (preview === undefined || code === undefined) return given;
    return { ...given, actionId: preview.actionId, gate: { ...GATE, approvalCode: code } };
  };

  const given: Given[] = [];
  for (const order of orders) given.push(await approve(order, "approve"));
  const lent = given.find(({ gate }) => gate?.approvalCode !== undefined)?.gate?.approvalCode ?? "";
  const codes = { "wrong code": WRONG_CODE, "code of another": lent } as const;
  for (const order of refused) {
    const { lack } = order;
    const one = await approve(order, lack === "rejected" ? "reject" : undefined);
    const isCoded = lack === "wrong code" || lack === "code of another";
    given.push({ ...one, gate: isCoded ? { ...GATE, approvalCode: codes[lack] } : GATE });
  }
  return given;
}
