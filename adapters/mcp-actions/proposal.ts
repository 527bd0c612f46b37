import type { Proposal, ProposedMessage, ProposedTarget } from "tg-guarded";
import { z } from "zod";
import { chatSchema, showChat } from "../mcp/chats.js";
import { defined } from "../mcp/defined.js";
import { messageText, nameText, words } from "../mcp/words.js";
import { fitting } from "../mcp/fitting.js";

const message = z.object({
  id: z.int(),
  by: nameText(),
  text: messageText(),
  more_characters: z.int().optional(),
  media: nameText().optional(),
});

const target = chatSchema.extend({
  role: z.literal("from").optional().describe("Something is taken from there."),
  own_role: z.enum(["creator", "admin"]).optional(),
  deletes: z.object({ count: z.int(), gone: z.int(), messages: z.array(message) }).optional(),
});

/** What would happen. Titles, names and excerpts stand in the sentences of the summary and the warnings, too. */
export const proposalShape = {
  operation: z
    .string()
    .regex(/^[a-z]\w{1,40}$/i)
    .optional(),
  action_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe("SHA-256 of everything that will be sent."),
  account: chatSchema.optional(),
  targets: z.array(target).optional(),
  text: messageText().optional(),
  messages: z.array(message).optional(),
  links: z.array(z.object({ text: words(1000), url: words(2048), hidden: z.boolean() })).optional(),
  files: z
    .array(z.object({ path: words(4096), size_bytes: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .optional(),
  audience: z.int().optional().describe("How many people see it."),
  first_contact: z.boolean().optional(),
  summary: words(2000).optional(),
  warnings: z.array(words(1000)).optional(),
  left_out: z
    .object({ targets: z.int(), messages: z.int(), warnings: z.int() })
    .partial()
    .optional()
    .describe("How many of these have no room here. Whoever approves sees them all."),
};

/** Lists share the room that a result has. */
const SHARE = 0.25;

export function showProposal(proposal: Proposal, roomChars: number) {
  const { operation, digest, account, text, links, files, audience, firstContact, summary } = proposal;
  const room = roomChars * SHARE;
  const targets = fitting(proposal.targets.map(showTarget), room);
  const messages = fitting((proposal.messages ?? []).map(showMessage), room);
  const warnings = fitting(proposal.warnings, room);
  const leftOut = Object.entries({ targets, messages, warnings })
    .filter(([, list]) => list.leftOut > 0)
    .map(([name, list]) => [name, list.leftOut]);
  return defined({
    operation,
    action_hash: digest,
    account: account && showChat(account),
    targets: targets.shown,
    text,
    messages: messages.shown.length === 0 ? undefined : messages.shown,
    links: links?.map(({ text, url, hidden }) => ({ text, url, hidden })),
    files: files?.map(({ path, sizeBytes, sha256 }) => ({ path, size_bytes: sizeBytes, sha256 })),
    audience,
    first_contact: firstContact,
    summary,
    warnings: warnings.shown.length === 0 ? undefined : warnings.shown,
    left_out: leftOut.length === 0 ? undefined : (Object.fromEntries(leftOut) as Record<string, number>),
  });
}

const showMessage = ({ id, by, text, moreCharacters, media }: ProposedMessage) =>
  defined({ id, by, text, more_characters: moreCharacters, media });

const showTarget = ({ role, ownRole, deletes, ...chat }: ProposedTarget) => ({
  ...showChat(chat),
  ...defined({
    role,
    own_role: ownRole,
    deletes: deletes && { count: deletes.count, gone: deletes.gone, messages: deletes.messages.map(showMessage) },
  }),
});
