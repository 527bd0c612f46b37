import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

export interface ArgumentFlags {
  readonly argsJson?: string;
  readonly argsFile?: string;
}

export type ToolArguments = Readonly<Record<string, unknown>>;

/** The arguments of a tool; without any, none. @throws Error for what is no JSON object; nothing of it is repeated */
export async function readArguments({ argsJson, argsFile }: ArgumentFlags): Promise<ToolArguments> {
  if (argsJson !== undefined && argsFile !== undefined)
    throw new Error("--args-json and --args-file exclude each other.");
  if (argsJson !== undefined) return parsed(argsJson, "--args-json");
  if (argsFile === undefined) return {};
  const given = argsFile === "-" ? await text(process.stdin) : await readFile(argsFile, "utf8");
  return parsed(given, argsFile === "-" ? "Standard input" : argsFile);
}

function parsed(json: string, where: string): ToolArguments {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch {
    throw new Error(`${where} is no JSON.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${where} must be a JSON object: {"name": value}.`);
  return value as ToolArguments;
}
