import { subscribe } from "node:diagnostics_channel";
import type { EventName, GuardEvents } from "tg-guarded";

export const LOG_LEVELS = ["debug", "info", "warning", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const USUAL: LogLevel = "warning";

/** What LOG_LEVEL says, in the words of the original, too: upper case, and WARN. */
export function logLevel(text = process.env["LOG_LEVEL"]): LogLevel | undefined {
  const word = text?.trim().toLowerCase() ?? "";
  if (word === "") return USUAL;
  return LOG_LEVELS.find((level) => level === (word === "warn" ? "warning" : word));
}

/** Writes a line to standard error, where hosts keep what servers say. Never words of other people, never secrets. */
export function log(level: Exclude<LogLevel, "silent">, text: string): void {
  if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(logLevel() ?? USUAL)) return;
  process.stderr.write(`${level}: ${text}\n`);
}

/** Tells what the guards of every client of this process tell, and what Node warns of: each text once. */
export function logEvents(): void {
  on("wait", ({ text }) => {
    log("info", text);
  });
  on("refused", ({ method, code }) => {
    log("info", `${method} was refused: ${code}.`);
  });
  on("flood", ({ method, name, waitMs }) => {
    log("warning", `Telegram answered ${method} with ${name}: nothing like it is sent for ${seconds(waitMs)}.`);
  });
  on("circuit", (event) => {
    if (event.state === "closed") log("warning", "The circuit is closed again: calls pass.");
    else
      log(
        "warning",
        `The circuit has opened after ${event.name}${event.forMs === undefined ? "; a person has to close it" : `, for ${seconds(event.forMs)}`}.`,
      );
  });
  on("audit", ({ event, code }) => {
    log("error", `The audit trail has no line for ${event} yet: ${code}.`);
  });
  on("connection", ({ state }) => {
    log("debug", `The connection to Telegram is ${state}.`);
  });
  const told = new Set<string>();
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => {
    if (told.has(message)) return;
    told.add(message);
    log("warning", message);
  });
}

/** Every client of the process publishes there, and the package need not be loaded to listen. */
function on<N extends EventName>(name: N, tell: (event: GuardEvents[N]) => void): void {
  subscribe(`tg-guarded:${name}`, (event) => {
    tell(event as GuardEvents[N]);
  });
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
