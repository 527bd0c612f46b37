import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { plainText } from "../plain-text.js";
import { inFull, printAnswer, type ToolAnswer } from "./answer.js";
import { readArguments, type ToolArguments } from "./arguments.js";
import { theOneForWriting } from "./choose.js";
import { findServers } from "./find-servers.js";
import { personHere, type Person } from "./person.js";
import type { CallFlags } from "./run-call.js";
import { stopping } from "./stop.js";
import { withServer, type Talk } from "./talk.js";

/** Nothing was sent: somebody has to say yes first. */
const NOT_YET = 3;

const preview = z.looseObject({
  status: z.literal("preview"),
  approver: z.enum(["code", "none", "callback", "terminal", "operator"]),
  needs: z.array(z.string()).default([]),
  approval_code: z.string().optional(),
  approval_min_age_sec: z.number().optional(),
  summary: z.string().optional(),
  warnings: z.array(z.string()).default([]),
});
type Preview = z.infer<typeof preview>;

const outcome = z.looseObject({ status: z.string(), next_step: z.string().optional() });

/** Previews a write, has a person say yes, and carries it out: what the gates ask for is never made up here. */
export async function runWriteCall(tool: string, flags: CallFlags): Promise<void> {
  const stop = stopping();
  const person = personHere();
  const args = await readArguments(flags);
  assertNoGates(args);
  const server = theOneForWriting(await findServers(flags));
  process.exitCode = await withServer(server, { timeoutMs: flags.timeout * 1000, stop, person }, (talk) =>
    write({ talk, tool, args, person, signal: stop.signal }),
  );
}

interface Write {
  readonly talk: Talk;
  readonly tool: string;
  readonly args: ToolArguments;
  readonly person: Person | undefined;
  readonly signal: AbortSignal;
}

/** The exit code. */
async function write({ talk, tool, args, person, signal }: Write): Promise<number> {
  assertPreviews(talk, tool);
  const previewed = await talk.call(tool, { ...args, dry_run: true });
  printAnswer(previewed);
  if (previewed.isError) return 1;
  const shown = preview.parse(previewed.value);
  const gate = asksItself(shown) ? { confirm: true } : await gateFrom(shown, person, signal);
  if (gate === undefined) return NOT_YET;
  const answer = await talk.call(tool, { ...args, dry_run: false, ...gate });
  printAnswer(answer);
  return endOf(answer);
}

function endOf({ isError, value }: ToolAnswer): number {
  if (isError) return 1;
  const { status, next_step: nextStep = "" } = outcome.parse(value);
  if (status !== "awaiting_approval") return 0;
  say(`Nothing was sent yet. ${nextStep}`);
  return NOT_YET;
}

/** The server has a person asked who can say no, so that to call it approves nothing. */
const asksItself = ({ approver, needs }: Preview): boolean =>
  approver !== "code" && approver !== "none" && needs.every((need) => need === "confirm");

/** What the person says to the preview; `undefined` for no. */
async function gateFrom(shown: Preview, person: Person | undefined, signal: AbortSignal) {
  const { needs, summary = "", warnings, approval_min_age_sec: minAgeSec = 0, approval_code: code } = shown;
  if (person === undefined) {
    say(
      `Nothing was sent: a person has to say yes, at a terminal. Run the same command there; or, after a yes, tg-guarded call with dry_run: false and ${needs.join(", ")}.`,
    );
    return undefined;
  }
  if (needs.includes("approval_code") && minAgeSec > 0) {
    say(`Read it. It can be carried out in ${minAgeSec} s.`);
    await setTimeout(minAgeSec * 1000, undefined, { signal }).catch(() => {
      signal.throwIfAborted();
    });
  }
  // Nobody says yes to what went into a file.
  const text = process.stdout.isTTY
    ? [summary, ...warnings.map((warning) => `Warning: ${warning}`)].join("\n")
    : inFull(shown);
  if (!(await person.agrees(text, signal))) {
    say("Nothing was sent.");
    return undefined;
  }
  return {
    confirm: true,
    ...(needs.includes("confirmation_text")
      ? { confirmation_text: await person.says("What is agreed to be written to confirm it (it is not shown)", signal) }
      : {}),
    ...(needs.includes("approval_code") && code !== undefined ? { approval_code: code } : {}),
  };
}

const GATES = ["dry_run", "confirm", "confirmation_text", "approval_code"];

function assertNoGates(args: ToolArguments): void {
  const given = GATES.filter((name) => Object.hasOwn(args, name));
  if (given.length === 0) return;
  throw new Error(`write-call asks for ${given.join(", ")} itself: leave it out, or use tg-guarded call.`);
}

function assertPreviews({ tools, server }: Talk, wanted: string): void {
  const found = tools.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`${server.name} has no tool ${wanted}: tg-guarded tools lists them.`);
  const { properties = {} } = found.inputSchema;
  if (GATES.some((name) => !Object.hasOwn(properties, name)))
    throw new Error(`${wanted} has no preview to approve: tg-guarded call ${wanted}`);
}

const say = (text: string): void => {
  process.stderr.write(`${plainText(text)}\n`);
};
