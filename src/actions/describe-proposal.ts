import type { Chat } from "../models/chat.js";
import { counted, inTime } from "./in-time.js";
import { QUOTA_WORDS } from "../quota-words.js";
import type { Proposal, ProposedDeletion, ProposedLink, ProposedMessage, ProposedTarget } from "./shapes.js";
import { visible } from "./visible.js";

/**
 * The proposal as a person reads it on a terminal: every word of it, nothing hidden, texts indented. `now`, in
 * milliseconds of Unix time, is when it is shown: `Date.now()` by default.
 *
 * @example
 * ```ts
 * import { approvers, describeProposal } from "tg-guarded";
 *
 * const approver = approvers.callback(async (proposal) => {
 *   console.log(describeProposal(proposal));
 *   return false; // what the person says
 * });
 * ```
 */
export function describeProposal(proposal: Proposal, { now = Date.now() }: { readonly now?: number } = {}): string {
  const { operation, actionId, account, targets, text, messages = [], links = [], files = [], warnings } = proposal;
  const { summary } = proposal;
  return [
    `Action   ${oneLine(operation)} (${oneLine(actionId)})`,
    ...(account === undefined ? [] : [`Account  ${describeChat(account)}`]),
    ...targets.flatMap(targetLines),
    ...reachLines(proposal),
    `What     ${oneLine(text === undefined ? summary : withoutText(summary, text))}`,
    ...(text === undefined ? [] : ["Text", ...indented(text)]),
    ...messages.flatMap(messageLines),
    ...links.map(linkLine),
    ...files.map(({ path, sizeBytes, sha256 }) => `File     ${oneLine(path)}, ${sizeBytes} bytes, SHA-256 ${sha256}`),
    ...warnings.map((warning) => `Warning  ${oneLine(warning)}`),
    ...decisionLines(proposal, now),
  ].join("\n");
}

/** A title is strangers' text: it can neither begin a line of its own nor be read otherwise than it is. */
export const describeChat = ({ kind, title, id, username }: Chat): string =>
  `${kind} "${oneLine(title)}" (${username === undefined ? id : `@${oneLine(username)}, ${id}`})`;

/** No title or warning can begin a line of its own. */
export const oneLine = (text: string): string => visible(text).replaceAll("\n", "<U+000A>");

const OWN_ROLE = { creator: "this account is its creator", admin: "this account is one of its admins" };

function targetLines(target: ProposedTarget): readonly string[] {
  const { role, deletes } = target;
  const label = role === "from" ? "From" : "To";
  const about = deletes === undefined ? belongings(target) : [describeDeletion(deletes)];
  const line = [describeChat(target), ...about].join(", ");
  return [`${label.padEnd(9)}${line}`, ...(deletes === undefined ? [] : excerptLines(deletes))];
}

/** What one gives up by leaving a chat. */
const belongings = ({ role, ownRole, participantsCount: members }: ProposedTarget): readonly string[] => [
  ...(role === "from" && members !== undefined ? [counted(members, "member")] : []),
  ...(role === "from" && ownRole !== undefined ? [OWN_ROLE[ownRole]] : []),
];

/** How much is deleted in a chat, in words. */
export const describeDeletion = ({ count, gone }: Omit<ProposedDeletion, "messages">): string =>
  `${counted(count, "message")}${gone === 0 ? "" : `, ${gone} of them no longer there`}`;

function excerptLines({ count, gone, messages }: ProposedDeletion): readonly string[] {
  const more = count - gone - messages.length;
  const lines = messages.map((message) => {
    const { text, moreCharacters } = message;
    const words = text === "" ? "" : `: "${oneLine(text)}${moreCharacters === undefined ? "" : "…"}"`;
    return `  | ${describeMessage(message)}${words}`;
  });
  return more > 0 ? [...lines, `  | and ${more} more`] : lines;
}

function messageLines(message: ProposedMessage): readonly string[] {
  const { text, moreCharacters } = message;
  return [
    `Message  ${describeMessage(message)}`,
    ...(text === "" ? [] : indented(text)),
    ...(moreCharacters === undefined ? [] : [`  … and ${counted(moreCharacters, "more character")}`]),
  ];
}

const describeMessage = ({ id, by, media }: ProposedMessage): string =>
  `${id} by ${oneLine(by)}${media === undefined ? "" : `, ${oneLine(media)}`}`;

const linkLine = ({ text, url, hidden }: ProposedLink): string =>
  `Link     ${oneLine(url)}${hidden ? `, behind "${oneLine(text)}"` : ""}`;

const reachLines = ({ audience, firstContact }: Proposal): readonly string[] => [
  ...(audience === undefined ? [] : [`Seen by  ${audience} ${audience === 1 ? "person" : "people"}`]),
  ...(firstContact === true ? ["Note     you have never written to this person"] : []),
];

/** What it costs, and for how long one may decide. Only a duration comes from elsewhere: clocks differ. */
const decisionLines = ({ cost, approveWithinMs }: Proposal, now: number): readonly string[] => [
  ...(cost === undefined
    ? []
    : [`Quota    it takes ${cost.units} of the day's ${QUOTA_WORDS[cost.quota]}; ${cost.left} left today`]),
  ...(approveWithinMs === undefined
    ? []
    : [`Approve  within ${inTime(approveWithinMs)}, until ${new Date(now + approveWithinMs).toISOString()}`]),
];

/** The text has its own lines. What stands before it says how, when and in answer to what. */
const withoutText = (summary: string, text: string): string =>
  summary.endsWith(text) ? summary.slice(0, summary.length - text.length).replace(/:\s*$/, "") : summary;

const indented = (text: string): string[] =>
  visible(text)
    .split("\n")
    .map((line) => `  | ${line}`);
