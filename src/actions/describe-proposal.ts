import type { Chat } from "../models/chat.js";
import type { Proposal } from "./shapes.js";
import { visible } from "./visible.js";

/** More than so many chats nobody reads; only batches have more than two. */
const SHOWN = 20;

/** The proposal as a person reads it on a terminal: every word of it, nothing hidden, the text indented. */
export function describeProposal(proposal: Proposal): string {
  const {
    operation,
    actionId,
    summary,
    targets,
    text,
    links = [],
    files = [],
    audience,
    firstContact,
    warnings,
  } = proposal;
  return [
    `Action   ${operation} (${actionId})`,
    ...targets.slice(0, SHOWN).map((target) => `To       ${oneLine(describeChat(target))}`),
    ...(targets.length > SHOWN
      ? [`To       ${targets.length - SHOWN} more chats, which the items of the batch tell`]
      : []),
    ...(audience === undefined ? [] : [`Seen by  ${audience} ${audience === 1 ? "person" : "people"}`]),
    ...(firstContact === true ? ["Note     you have never written to this person"] : []),
    `What     ${oneLine(text === undefined ? summary : withoutText(summary, text))}`,
    ...(text === undefined ? [] : ["Text", ...indented(text)]),
    ...links.map(({ text, url, hidden }) => `Link     ${oneLine(url)}${hidden ? `, behind "${oneLine(text)}"` : ""}`),
    ...files.map(({ path, sizeBytes, sha256 }) => `File     ${oneLine(path)}, ${sizeBytes} bytes, SHA-256 ${sha256}`),
    ...warnings.map((warning) => `Warning  ${oneLine(warning)}`),
  ].join("\n");
}

export const describeChat = ({ kind, title, id, username }: Chat): string =>
  `${kind} "${title}" (${username === undefined ? id : `@${username}, ${id}`})`;

/** No title or warning can begin a line of its own. */
const oneLine = (text: string): string => visible(text).replaceAll("\n", "<U+000A>");

/** The text has its own lines. What stands before it says how, when and in answer to what. */
const withoutText = (summary: string, text: string): string =>
  summary.endsWith(text) ? summary.slice(0, summary.length - text.length).replace(/:\s*$/, "") : summary;

const indented = (text: string): string[] =>
  visible(text)
    .split("\n")
    .map((line) => `  | ${line}`);
