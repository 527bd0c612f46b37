import { asUncertain } from "../../errors.js";
import type { Run } from "../operation.js";

/** Notes a step that Telegram has carried out: where that fails, the action was not without effect. */
export const noteWritten = (run: Run, step: string, value?: string): Promise<void> =>
  run.mark(step, value).catch((error: unknown) => {
    throw asUncertain(error);
  });
