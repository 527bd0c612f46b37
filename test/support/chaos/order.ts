import type { ActionsApi, Batch, BatchesApi, Gate, Preview } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";

/** What the world holds of an order. */
export interface Truth {
  /** How often it was done. */
  readonly times: number;
  /** Since when, in seconds of Unix time, where messages tell that. */
  readonly since?: number;
  /** What else is not as it should be. */
  readonly fault?: string;
}

/** The units of the day's quotas that an order takes. */
export interface Units {
  readonly dm?: number;
  readonly join?: number;
  readonly group_msg?: number;
}

export interface OrderRest {
  readonly units?: Units;
  /** Who approves it. @defaultValue "code" */
  readonly mode?: "code" | "operator";
  readonly truth: (sandbox: Sandbox) => Truth;
}

type Method = Exclude<keyof ActionsApi, "batches" | "policy" | "resume" | "saveDraft">;
type BatchMethod = "addMember" | "deleteMessages" | "leaveDialog";
type InputOf<F> = F extends (input: infer I, ...rest: never[]) => unknown ? I : never;

/** Something that the processes of a round are told to do. */
export interface Order extends OrderRest {
  readonly id: string;
  readonly operation: string;
  readonly input: unknown;
  /** Absent for what needs no approval. */
  readonly preview?: (actions: ActionsApi) => Promise<Preview<unknown>>;
  readonly ask?: (actions: ActionsApi, gate: Gate) => Promise<{ readonly actionId: string }>;
  /** Of a batch. */
  readonly create?: (batches: BatchesApi) => Promise<Batch>;
}

type Act<I> = ((input: I) => Promise<Preview<unknown>>) &
  ((input: I, gate: Gate) => Promise<{ readonly actionId: string }>);

/** One action. */
export function act<M extends Method>(id: string, operation: M, input: InputOf<ActionsApi[M]>, rest: OrderRest): Order {
  const method = (actions: ActionsApi) => actions[operation] as Act<InputOf<ActionsApi[M]>>;
  return {
    id,
    operation,
    input,
    preview: (actions) => method(actions)(input),
    ask: (actions, gate) => method(actions)(input, gate),
    ...rest,
  };
}

/** A batch, whose items are resolved before the round begins. */
export function batch<M extends BatchMethod>(
  id: string,
  operation: M,
  input: InputOf<BatchesApi[M]>,
  rest: OrderRest,
): Order {
  type Create = (input: InputOf<BatchesApi[M]>) => Promise<Batch>;
  const create = (batches: BatchesApi) => (batches[operation].bind(batches) as Create)(input);
  return { id, operation: `${operation}Batch`, input, create, ...rest };
}
