import { z } from "zod";
import { plainText } from "../plain-text.js";

/** What a tool has answered. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly value: unknown;
  /** Files that it has written. */
  readonly links: readonly { readonly uri: string; readonly name: string }[];
}

const part = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  uri: z.string().optional(),
  name: z.string().optional(),
});
const result = z.looseObject({
  isError: z.boolean().default(false),
  structuredContent: z.unknown().optional(),
  content: z.array(part).default([]),
});

/** @throws ZodError for what is no answer of a tool */
export function answerIn(given: unknown): ToolAnswer {
  const { isError, structuredContent, content } = result.parse(given);
  const links = content.flatMap(({ type, uri, name = "" }) =>
    type === "resource_link" && uri !== undefined ? [{ uri, name }] : [],
  );
  return { isError, value: structuredContent ?? valueOf(content.map(({ text = "" }) => text).join("")), links };
}

/** A failure comes as text alone. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

/** Prints it: spread out for a person, one line for a program. Files are named beside it. */
export function printAnswer({ value, links }: ToolAnswer): void {
  process.stdout.write(`${process.stdout.isTTY ? inFull(value) : escaped(JSON.stringify(value))}\n`);
  for (const { uri, name } of links) process.stderr.write(`${plainText(name)}: ${plainText(uri)}\n`);
}

/** As a person reads it. */
export const inFull = (value: unknown): string => escaped(JSON.stringify(value, undefined, 2));

/** What JSON leaves as it stands, and a terminal might obey or show as something else. */
const TRICKS = /[\p{Cf}\u007F-\u009F\u2028\u2029]/gu;

/** The same JSON without them. */
const escaped = (json: string): string =>
  json.replace(TRICKS, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
