import type { Lifecycle } from "./lifecycle.js";
import type { Operation } from "./operation.js";
import type { ActionCallOptions, Gate, Outcome, Preview } from "./shapes.js";

/** One kind of write. */
export interface Action<I, R> {
  /** Shows who would get what, and opens an approval for it. Sends nothing. */
  (input: I, options?: ActionCallOptions): Promise<Preview<R>>;
  /** Does it, exactly once for each approval, whatever breaks in between. */
  (input: I, gate: Gate, options?: ActionCallOptions): Promise<Outcome<R>>;
}

/** The operation with the lifecycle around it. */
export function actionOf<I, R>(lifecycle: Lifecycle, operation: Operation<I, R>): Action<I, R> {
  function call(input: I, options?: ActionCallOptions): Promise<Preview<R>>;
  function call(input: I, gate: Gate, options?: ActionCallOptions): Promise<Outcome<R>>;
  function call(
    input: I,
    gateOrOptions: Gate | ActionCallOptions = {},
    options: ActionCallOptions = {},
  ): Promise<Preview<R> | Outcome<R>> {
    return isGate(gateOrOptions)
      ? lifecycle.execute(operation, input, gateOrOptions, options)
      : lifecycle.preview(operation, input, gateOrOptions);
  }
  return call;
}

/** Whatever is not plainly for the call is a gate, and judged as one: a gate without `confirm` must not preview instead. */
const isGate = (value: Gate | ActionCallOptions): value is Gate => !isForCall(value);

const isForCall = (value: unknown): value is ActionCallOptions =>
  typeof value === "object" && value !== null && Object.keys(value).every((key) => key === "signal");
