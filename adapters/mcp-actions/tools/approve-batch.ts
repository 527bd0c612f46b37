import { z } from "zod";
import type { ServerContext } from "../../mcp/context.js";
import { tool } from "../../mcp/tool.js";
import { isoTime } from "../../mcp/words.js";
import { SETS } from "../annotations.js";
import { carryOut } from "../carry-out.js";
import { gates } from "../gates.js";
import { writeOutput } from "../outcome.js";
import { batchId } from "../parameters.js";

export const approveBatch = tool({
  name: "tg_approve_batch",
  title: "Approve a batch",
  description:
    "Has a batch approved by whoever approves writes. It may then be run for a time, not for a number of items. Previews by default: who is concerned, what is left out, what it costs.",
  input: z.strictObject({ batch_id: batchId, ...gates(true) }),
  output: writeOutput(z.object({ batch_id: z.string().regex(/^bat_[0-9a-f]{16}$/), approved_until: isoTime() })),
  annotations: SETS,
  run: (context: ServerContext, input, call) =>
    carryOut(
      context,
      input,
      call,
      async ({ batches }) => {
        const batch = await batches.open(input.batch_id);
        return {
          preview: (options) => batch.preview(options),
          execute: (gate, options) => batch.approve(gate, options),
        };
      },
      ({ batchId, approvedUntil }) => ({ batch_id: batchId, approved_until: approvedUntil }),
    ),
});
