import type { ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import type { Batch, BatchesApi, BatchItem, KindName } from "tg-guarded";
import { z } from "zod";
import type { ServerContext } from "../mcp/context.js";
import { tool } from "../mcp/tool.js";
import { batchOutput, itemSchema, showBatch, showItem } from "./batches.js";
import { fitting } from "../mcp/fitting.js";
import { batchId } from "./parameters.js";

export interface RunTool {
  readonly name: string;
  readonly title: string;
  /** The batches that it runs. */
  readonly operation: KindName;
  readonly annotations: ToolAnnotations;
}

/** Of the room that a result has, for the items of this run. */
const SHARE = 0.3;

/** A tool that works on an approved batch, as far as it is allowed to in one call. */
export const runTool = ({ name, title, operation, annotations }: RunTool) =>
  tool({
    name,
    title,
    description:
      "Works on the items of an approved batch, one after the other. Stops where the day's quota is used up, and goes on there with the next call. What was done is never done twice.",
    input: z.strictObject({
      batch_id: batchId,
      max_actions: z.int().min(1).max(10_000).default(100).describe("At most so many items in this call."),
    }),
    output: batchOutput.extend({
      settled: z.int().describe("How many items this call has settled."),
      items: z.array(itemSchema).describe("Those of this call, as many as have room."),
    }),
    annotations,
    async run({ client }: ServerContext, input, { signal, progress, roomChars }) {
      const batch = await openOf((await client()).actions.batches, input.batch_id, operation);
      const { pending } = (await batch.status()).counts;
      const total = Math.min(pending, input.max_actions);
      const settled: BatchItem[] = [];
      progress(0, total);
      for await (const item of batch.run({ maxActions: input.max_actions, signal })) {
        settled.push(item);
        progress(settled.length, total);
      }
      const { shown } = fitting(settled.map(showItem), roomChars * SHARE);
      return { ...(await showBatch(batch, roomChars)), settled: settled.length, items: shown };
    },
  });

/** Each kind has a tool of its own, so that nobody deletes by a tool that adds. */
async function openOf(batches: BatchesApi, id: string, operation: KindName): Promise<Batch> {
  const batch = await batches.open(id);
  if (batch.operation === operation) return batch;
  const { GuardError } = await import("tg-guarded");
  throw new GuardError("input_invalid", `The operation of this batch is ${batch.operation}, not ${operation}.`, {
    details: { path: "batch_id" },
    nextStep: "Run it with the tool for its operation.",
  });
}
