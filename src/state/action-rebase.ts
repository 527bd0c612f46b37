import type { ActionPhase, ActionState, Approval, ApprovalRequest, DonePhase } from "./action-state.js";

/** A clock set back moves every stored time with it; the caller writes that down, so that it happens only once. */
export function rebase(state: ActionState | undefined, now: number): ActionState | undefined {
  if (state === undefined || state.at <= now) return state;
  const back = state.at - now;
  const move = (approval: Approval): Approval => ({
    ...approval,
    notBefore: approval.notBefore - back,
    expiresAt: approval.expiresAt - back,
  });
  const request = state.request && { request: rebaseRequest(state.request, back) };
  const approvals = state.approvals.map(move);
  return { ...state, at: now, approvals, ...request, phase: rebasePhase(state.phase, back, move) };
}

const rebaseRequest = ({ decision, ...request }: ApprovalRequest, back: number): ApprovalRequest => ({
  ...request,
  askedAt: request.askedAt - back,
  expiresAt: request.expiresAt - back,
  ...(decision === undefined ? {} : { decision: { ...decision, at: decision.at - back } }),
});

function rebasePhase(phase: ActionPhase, back: number, move: (approval: Approval) => Approval): ActionPhase {
  switch (phase.kind) {
    case "idle":
      return phase;
    case "done":
      return rebaseDone(phase, back);
    case "executing": {
      const former = phase.former && { former: rebaseDone(phase.former, back) };
      const times = { since: phase.since - back, until: phase.until - back };
      return { ...phase, approval: move(phase.approval), ...times, ...former };
    }
    case "unknown":
      return { ...phase, approval: move(phase.approval), since: phase.since - back };
  }
}

const rebaseDone = (phase: DonePhase, back: number): DonePhase => ({ ...phase, at: phase.at - back });
