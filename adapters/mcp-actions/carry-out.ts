import type { Action, ActionCallOptions, ActionsApi, Gate, Outcome, Preview } from "tg-guarded";
import type { ServerContext } from "../mcp/context.js";
import type { ToolCall } from "../mcp/tool.js";
import { whileAsking } from "./asking.js";
import { gateOf, type Gates } from "./gates.js";
import { showOutcome, showPreview } from "./outcome.js";

/** A write with its input: what is left is to preview it or to carry it out. */
export interface Write<R> {
  readonly preview: (options: ActionCallOptions) => Promise<Preview<R>>;
  readonly execute: (gate: Gate, options: ActionCallOptions) => Promise<Outcome<R>>;
}

export const write = <I, R>(action: Action<I, R>, input: I): Write<R> => ({
  preview: (options) => action(input, options),
  execute: (gate, options) => action(input, gate, options),
});

/** Previews or carries out, as the gates say. Every rule is the package's. */
export async function carryOut<R, S>(
  { client }: ServerContext,
  gates: Gates,
  call: ToolCall,
  bind: (actions: ActionsApi) => Write<R> | Promise<Write<R>>,
  show: (result: R) => S,
) {
  const { actions } = await client();
  const { preview, execute } = await bind(actions);
  const options = { signal: call.signal };
  if (gates.dry_run) return showPreview(await preview(options), actions.policy(), call.roomChars);
  return showOutcome(await whileAsking(call, () => execute(gateOf(gates), options)), show);
}
