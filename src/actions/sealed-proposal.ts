import { z } from "zod";
import { GuardError } from "../errors.js";
import type { Proposal } from "./shapes.js";

/** The newest form of questions that this program understands. Those of the first form carry no number. */
const VERSION = 2;

/** The proposal as it is sealed for an operator. */
export const proposalText = (proposal: Proposal): string => JSON.stringify({ v: VERSION, ...proposal });

/**
 * Reads what was asked, also by an older version of this program. `key` names the record.
 *
 * @throws GuardError `operator_denied` for what was sealed for a key, `state_newer`
 */
export function readProposal(text: string, key: string): Proposal {
  try {
    const json: unknown = JSON.parse(text);
    assertUnderstood(json, key);
    return proposalSchema.parse(json);
  } catch (cause) {
    if (cause instanceof GuardError) throw cause;
    // Without the operator's key a sealed text is noise.
    throw new GuardError("operator_denied", "The question cannot be read: it was sealed for an operator's key.", {
      details: {},
      nextStep:
        "Set TG_OPERATOR_SECRET_HASH, or the data folder in which `tg-guarded approvals init` was run; or reject it.",
      cause,
    });
  }
}

/** To leave out what one does not know would be to approve what nobody has seen. */
function assertUnderstood(json: unknown, key: string): void {
  if (typeof json !== "object" || json === null || !("v" in json)) return;
  if (typeof json.v === "number" && json.v <= VERSION) return;
  throw new GuardError("state_newer", "The question was asked by a newer version of this program.", {
    details: { key },
    nextStep: "Update this program to read it, or reject it.",
  });
}

const count = z.int().min(0);
const chat = z.looseObject({
  id: z.int(),
  kind: z.enum(["user", "group", "supergroup", "channel"]),
  title: z.string(),
  username: z.string().exactOptional(),
  participantsCount: count.exactOptional(),
});
const message = z.object({
  id: z.int(),
  by: z.string(),
  text: z.string(),
  moreCharacters: count.exactOptional(),
  media: z.string().exactOptional(),
});
const target = chat.extend({
  role: z.literal("from").exactOptional(),
  ownRole: z.enum(["creator", "admin"]).exactOptional(),
  deletes: z.object({ count, gone: count, messages: z.array(message) }).exactOptional(),
});
const proposalSchema = z.object({
  actionId: z.string(),
  operation: z.string(),
  digest: z.string(),
  summary: z.string(),
  account: chat.exactOptional(),
  targets: z.array(target),
  text: z.string().exactOptional(),
  messages: z.array(message).exactOptional(),
  links: z.array(z.object({ text: z.string(), url: z.string(), hidden: z.boolean() })).exactOptional(),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string() })).exactOptional(),
  audience: z.int().exactOptional(),
  firstContact: z.boolean().exactOptional(),
  warnings: z.array(z.string()),
  cost: z.object({ quota: z.enum(["dm", "group_msg", "join"]), units: count, left: count }).exactOptional(),
  approveWithinMs: z.number().exactOptional(),
});
