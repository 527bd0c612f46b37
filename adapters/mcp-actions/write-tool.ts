import type { ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import type { ActionsApi } from "tg-guarded";
import { z } from "zod";
import type { ServerContext } from "../mcp/context.js";
import { tool, type Tool } from "../mcp/tool.js";
import { carryOut, type Write } from "./carry-out.js";
import { gates } from "./gates.js";
import { writeOutput } from "./outcome.js";
import { idempotencyKey } from "./parameters.js";

export interface WriteDefinition<I extends z.ZodRawShape, R, S extends z.ZodRawShape> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** What is its own: the key and the gates come with every write. */
  readonly input: I;
  /** What is told of what was done. */
  readonly result: S;
  readonly annotations: ToolAnnotations;
  /** Whether it previews unless told otherwise. @defaultValue true */
  readonly dryRun?: boolean;
  readonly write: (actions: ActionsApi, input: z.output<z.ZodObject<I>> & Keyed) => Write<R>;
  readonly show: (result: R) => z.output<z.ZodObject<S>>;
}

interface Keyed {
  readonly idempotency_key?: string | undefined;
}

const keyAndGates = (dryRun: boolean) => ({ idempotency_key: idempotencyKey, ...gates(dryRun) });
const frame = z.object(keyAndGates(true));

/** A tool that writes: what every one has around what is its own. */
export function writeTool<I extends z.ZodRawShape, R, S extends z.ZodRawShape>(
  definition: WriteDefinition<I, R, S>,
): Tool<ServerContext> {
  const { name, title, description, input, result, annotations, dryRun = true, write, show } = definition;
  const own = z.object(input);
  const whole: z.ZodObject = z.strictObject({ ...input, ...keyAndGates(dryRun) });
  const output: z.ZodObject = writeOutput(z.object(result));
  return tool({
    ...{ name, title, description, annotations, output },
    input: whole,
    run: (context: ServerContext, given, call) => {
      // The whole was checked: this takes it apart.
      const { idempotency_key, ...gates } = frame.parse(given);
      const input = { ...own.parse(given), idempotency_key };
      return carryOut(context, gates, call, (actions) => write(actions, input), show);
    },
  });
}
