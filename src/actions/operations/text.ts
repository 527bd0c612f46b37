import { z } from "zod";
import { GuardError } from "../../errors.js";
import type { Entity } from "../../models/entity.js";
import { markedText, type Formatting } from "../markup/marked-text.js";

/** With marks a text is longer than what is sent, but not without end: parsing it takes time. */
const LONGEST_SOURCE = 16_384;

export const sourceText = z.string().max(LONGEST_SOURCE, `is longer than ${LONGEST_SOURCE} characters with its marks`);
export const formatting = z.enum(["markdown", "html"]).exactOptional();

export interface ExactText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/**
 * What Telegram will show of a text; `path` names it in the error.
 *
 * @throws {@link GuardError} `input_invalid` when that is empty or longer than allowed
 */
export function exactText(source: string, marks: Formatting | undefined, limit: number, path: string): ExactText {
  const marked = markedText(source, marks);
  const fault = marked.text === "" ? "is empty" : `is longer than ${limit} characters`;
  if (marked.text !== "" && marked.text.length <= limit) return marked;
  throw new GuardError("input_invalid", `${path}: ${fault}`, {
    details: { path },
    nextStep: `Correct ${path} and call again.`,
  });
}
