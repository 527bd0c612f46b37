import type { Gate } from "tg-guarded";
import { z } from "zod";

/** What must be said for a write to be carried out, as the tools call it. */
export interface Gates {
  readonly dry_run: boolean;
  readonly confirm: boolean;
  readonly confirmation_text: string;
  readonly approval_code: string;
  readonly force_resend: boolean;
}

const given = {
  confirm: z.boolean().default(false).describe("True once a person has said yes to the preview."),
  confirmation_text: z
    .string()
    .max(1000)
    .default("")
    .describe("What the person wrote to confirm, where the preview's `needs` names it. Never make it up."),
  approval_code: z.string().max(100).default("").describe("From the preview, where its `needs` names it."),
  force_resend: z
    .boolean()
    .default(false)
    .describe("Do again what was done within the window. Needs a new preview and approval."),
};

/** The arguments that every write ends with. */
export const gates = (dryRun: boolean) => ({
  dry_run: z
    .boolean()
    .default(dryRun)
    .describe("True: previews and sends nothing. False: carries out what was approved."),
  ...given,
});

/** Without the preview: what was begun is gone on with. */
export const gatesToResume = { ...given, confirm: z.boolean().default(true) };

export const gateOf = (gates: Omit<Gates, "dry_run">): Gate => ({
  confirm: gates.confirm,
  ...(gates.confirmation_text === "" ? {} : { confirmationText: gates.confirmation_text }),
  ...(gates.approval_code === "" ? {} : { approvalCode: gates.approval_code }),
  ...(gates.force_resend ? { forceResend: true } : {}),
});
