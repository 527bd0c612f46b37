import { z } from "zod";
import { SandboxError } from "./error.js";
import { registry } from "./tl/registry.js";

const count = z.int().positive();
const flag = z.literal(true);

const isMethod = (name: string): boolean => name === "*" || registry().named(name)?.isMethod === true;

/** What happens to one request. Exactly one of these. docs/sandbox.md explains them. */
export interface FaultEffect {
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
  /** The answer comes packed, as Telegram packs its large ones. */
  readonly gzip?: true | undefined;
  /** The salt changes, and the client has to send the request again. */
  readonly badSalt?: true | undefined;
  /** From then on the server's clock is off by so much. */
  readonly clockShiftMs?: number | undefined;
  /** In place of an answer an error of the transport, such as 404 or 429; the connection ends with it. */
  readonly transportError?: number | undefined;
}

/** A step of a sequence: an effect, or a request that passes. */
export type FaultStep = FaultEffect & { readonly pass?: true | undefined };

/** What goes wrong, and when. Exactly one effect, or one of the policies; at most one of `nth`, `every` and `times`. */
export interface FaultRule extends FaultEffect {
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
  /** One effect after the other, for as many requests. */
  readonly sequence?: readonly FaultStep[] | undefined;
  /** More than that in the window is answered with FLOOD_WAIT. */
  readonly budget?: { readonly requests: number; readonly perSeconds: number } | undefined;
  /** Hidden budgets for each kind of method, which shrink while a wait is ignored. */
  readonly floods?: "telegram" | undefined;
  /** Nothing goes wrong, but so many requests must come: else the rule is reported as one that never fired. */
  readonly expect?: number | undefined;
}

const effectFields = {
  error: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'must be an error name, such as "FLOOD_WAIT_30"' })
    .optional(),
  code: z.int().optional(),
  drop: z.enum(["before", "after"]).optional(),
  delayMs: z.int().nonnegative().max(0x7fffffff).optional(),
  silence: flag.optional(),
  inContainer: flag.optional(),
  gzip: flag.optional(),
  badSalt: flag.optional(),
  clockShiftMs: z.int().optional(),
  transportError: z.int().min(400).max(599).optional(),
};

const STEPS = [
  "error",
  "drop",
  "delayMs",
  "silence",
  "inContainer",
  "gzip",
  "badSalt",
  "clockShiftMs",
  "transportError",
] as const;
const EFFECTS = [...STEPS, "sequence", "budget", "floods", "expect"] as const;
const SELECTORS = ["nth", "every", "times"] as const;

type Has = Readonly<Record<string, unknown>>;
const among = (rule: Has, names: readonly string[]): number => names.filter((name) => rule[name] !== undefined).length;
const codeGoesAlone = (rule: Has): boolean => rule["code"] === undefined || rule["error"] !== undefined;
const CODE_ALONE = { path: ["code"], error: "goes with error only" };

const step = z
  .strictObject({ ...effectFields, pass: flag.optional() })
  .refine((effect) => among(effect, [...STEPS, "pass"]) === 1, {
    error: `must have exactly one of ${STEPS.join(", ")}, pass`,
  })
  .refine(codeGoesAlone, CODE_ALONE);

const ruleSchema = z
  .strictObject({
    method: z
      .string()
      .refine(isMethod, { error: 'must be "*" or a method of the schema, such as "messages.getHistory"' }),
    account: z.union([z.int().positive(), z.string().min(1)]).optional(),
    nth: count.optional(),
    every: count.optional(),
    times: count.optional(),
    ...effectFields,
    sequence: z.array(step).min(1).optional(),
    budget: z.strictObject({ requests: count, perSeconds: z.number().positive() }).optional(),
    floods: z.literal("telegram").optional(),
    expect: count.optional(),
  })
  .refine((rule) => among(rule, EFFECTS) === 1, { error: `must have exactly one of ${EFFECTS.join(", ")}` })
  .refine((rule) => among(rule, SELECTORS) <= 1, { error: `may have only one of ${SELECTORS.join(", ")}` })
  .refine((rule) => among(rule, SELECTORS) === 0 || among(rule, ["sequence", "expect"]) === 0, {
    error: `sequence and expect go without ${SELECTORS.join(", ")}`,
  })
  .refine(codeGoesAlone, CODE_ALONE);

/**
 * Checks rules that came from outside.
 *
 * @throws {@link SandboxError} `faults_invalid`, which names the rule, the field and what is allowed
 *
 * @example
 * ```ts
 * import { parseFaultRules } from "tg-guarded/testing";
 *
 * const rules = parseFaultRules([{ method: "messages.getHistory", nth: 2, error: "FLOOD_WAIT_5" }]);
 * ```
 */
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
