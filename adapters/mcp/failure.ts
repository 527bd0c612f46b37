import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { ZodError } from "zod";
import { nextStepOf } from "./next-steps.js";

/** What a tool answers that has failed. */
export interface Failure {
  readonly success: false;
  /** A sentence of ours. What people wrote is taken out of it. */
  readonly error: string;
  readonly code: string;
  readonly next_step: string;
  /** Whether anything was changed at Telegram. */
  readonly applied?: "no" | "yes" | "unknown";
  readonly retry_after_ms?: number;
  readonly action_id?: string;
  readonly batch_id?: string;
  readonly done_at?: string;
  /** Telegram's own name for it. */
  readonly telegram_error?: string;
  /** The ids that a title may mean. */
  readonly ids?: readonly number[];
  readonly quota?: string;
  readonly limit?: number;
}

/** Any error, as an answer that an agent can act upon. */
export async function failureOf(error: unknown): Promise<Failure> {
  if (error instanceof ZodError) return inputFailure(error);
  const { isGuardError } = await import("tg-guarded");
  if (!isGuardError(error)) return unexpected(error);
  const { code, applied, details } = error;
  return {
    success: false,
    error: withoutNames(error.message),
    code,
    next_step: withoutNames(nextStepOf(error)),
    applied,
    ...known(details),
  };
}

/** As text alone: hosts check structured content against the tool's output schema, of failures too. */
export const failed = (failure: Failure): CallToolResult => ({
  isError: true,
  content: [{ type: "text", text: JSON.stringify(failure) }],
});

/** The first fault alone, by the name of its argument; the value itself may be anything. */
function inputFailure({ issues }: ZodError): Failure {
  // A misspelt argument is missing, too; the first of the two tells more.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  return {
    success: false,
    error: `${faultOf(issue)}.`,
    code: "input_invalid",
    next_step: "Correct it as the tool's input schema says, and call again.",
    applied: "no",
  };
}

function faultOf(issue: ZodError["issues"][number] | undefined): string {
  if (issue?.code === "unrecognized_keys") return `No argument is called ${issue.keys.join(" or ")}`;
  const path = issue?.path.join(".") ?? "";
  return `${path === "" ? "The arguments" : `The argument ${path}`}: ${issue?.message ?? "do not fit"}`;
}

/** Not foreseen: its message may hold anything, so its kind alone is told. */
const unexpected = (error: unknown): Failure => ({
  success: false,
  error: `The server met an error that it does not know (${error instanceof Error ? error.name : typeof error}).`,
  code: "internal_error",
  next_step: "Look at the server's standard error, or run tg-guarded doctor.",
  applied: "unknown",
});

/** Names and titles stand in quotation marks in our sentences, and may hold more of them: everything between the outermost goes. */
export const withoutNames = (sentence: string): string => sentence.replace(/"[^]*"/, '"[…]"');

/** What of the details is a number, an id or a word of ours. */
function known(details: object): Partial<Failure> {
  const has = <T>(name: string, type: string): T | undefined => {
    const value: unknown = name in details ? Reflect.get(details, name) : undefined;
    return typeof value === type ? (value as T) : undefined;
  };
  const ids: unknown = "ids" in details ? details.ids : undefined;
  return Object.fromEntries(
    Object.entries({
      retry_after_ms: has<number>("retryAfterMs", "number"),
      action_id: has<string>("actionId", "string"),
      batch_id: has<string>("batchId", "string"),
      done_at: has<string>("doneAt", "string"),
      quota: has<string>("quota", "string"),
      limit: has<number>("limit", "number"),
      telegram_error: "method" in details ? has<string>("name", "string") : undefined,
      ids: Array.isArray(ids) ? ids.filter((id) => typeof id === "number") : undefined,
    }).filter(([, value]) => value !== undefined),
  );
}
