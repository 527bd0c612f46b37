import { z } from "zod";
import { SandboxError } from "./error.js";
import { registry } from "./tl/registry.js";

const count = z.int().positive();
const flag = z.literal(true);

const isMethod = (name: string): boolean => name === "*" || registry().named(name)?.isMethod === true;

/** What goes wrong, and when. Exactly one effect; at most one of `nth`, `every` and `times`. docs/sandbox.md explains them. */
export interface FaultRule {
  /** A method, a wrapper such as `initConnection`, or `*` for all but the help.getConfig that clients connect with. */
  readonly method: string;
  /** An id or a username; every account by default. */
  readonly account?: number | string | undefined;
  /** Fires at this request alone, counted from 1. */
  readonly nth?: number | undefined;
  /** Fires at every so many. */
  readonly every?: number | undefined;
  /** Fires at the first so many. */
  readonly times?: number | undefined;
  /** An error name, such as `FLOOD_WAIT_30`; the request is not executed. */
  readonly error?: string | undefined;
  /** The number that goes with `error`; by default the one Telegram gives it. */
  readonly code?: number | undefined;
  /** Cuts the connection before or after the execution. */
  readonly drop?: "before" | "after" | undefined;
  /** The reply waits so long. */
  readonly delayMs?: number | undefined;
  /** Not executed, never answered. */
  readonly silence?: true | undefined;
  /** The answer comes in one container with others. */
  readonly inContainer?: true | undefined;
  /** The salt changes, and the client has to send the request again. */
  readonly badSalt?: true | undefined;
  /** From then on the server's clock is off by so much. */
  readonly clockShiftMs?: number | undefined;
  /** More than that in the window is answered with FLOOD_WAIT. */
  readonly budget?: { readonly requests: number; readonly perSeconds: number } | undefined;
}

const fields = z.strictObject({
  method: z
    .string()
    .refine(isMethod, { error: 'must be "*" or a method of the schema, such as "messages.getHistory"' }),
  account: z.union([z.int().positive(), z.string().min(1)]).optional(),
  nth: count.optional(),
  every: count.optional(),
  times: count.optional(),
  error: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must be an error name, such as "FLOOD_WAIT_30"' })
    .optional(),
  code: z.int().optional(),
  drop: z.enum(["before", "after"]).optional(),
  delayMs: z.int().nonnegative().max(0x7fffffff).optional(),
  silence: flag.optional(),
  inContainer: flag.optional(),
  badSalt: flag.optional(),
  clockShiftMs: z.int().optional(),
  budget: z.strictObject({ requests: count, perSeconds: z.number().positive() }).optional(),
});

const EFFECTS = ["error", "drop", "delayMs", "silence", "inContainer", "badSalt", "clockShiftMs", "budget"] as const;
const SELECTORS = ["nth", "every", "times"] as const;

const ruleSchema = fields.superRefine((rule, context) => {
  const has = (name: keyof typeof rule): boolean => rule[name] !== undefined;
  if (EFFECTS.filter(has).length !== 1) context.addIssue(`must have exactly one of ${EFFECTS.join(", ")}`);
  if (SELECTORS.filter(has).length > 1) context.addIssue(`may have only one of ${SELECTORS.join(", ")}`);
  if (has("code") && !has("error"))
    context.addIssue({ code: "custom", path: ["code"], message: "goes with error only" });
});

/** Checks rules that came from outside. */
export function parseRules(rules: unknown): readonly FaultRule[] {
  const parsed = z.array(ruleSchema).safeParse(rules);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  throw new SandboxError(
    "faults_invalid",
    `fault rules: ${problems.join("; ")}`,
    `Give a JSON list of {method, account?, nth? | every? | times?} with one of ${EFFECTS.join(", ")}.`,
  );
}

function placeOf([index, ...rest]: readonly PropertyKey[]): string {
  if (index === undefined) return "the whole";
  const field = rest.map(String).join(".");
  return field === "" ? `rule ${String(index)}` : `rule ${String(index)}, field "${field}"`;
}
