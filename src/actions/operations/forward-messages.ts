import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { GuardError } from "../../errors.js";
import { parseInput } from "../../input.js";
import type { Message } from "../../models/message.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { linksIn } from "../links.js";
import { linkFacts } from "../message-facts.js";
import type { Operation, Prepared, Run } from "../operation.js";
import { proposedMessage } from "../proposed-message.js";
import type { ProposedMessage } from "../shapes.js";
import { asItArrives, findForwarded, forwardedIds } from "./forwarded.js";
import { chatRef, idempotencyKey, messageIds, resolveChat } from "./input.js";
import { messageCost } from "./cost.js";
import { contentOf, editedSince, excerptOf, messageNotFound, messagesOf } from "./messages.js";

/** What `client.actions.forwardMessages` takes. */
export interface ForwardMessagesInput {
  readonly from: ChatRef;
  readonly to: ChatRef;
  /** 1 to 100 ids. They arrive in the order in which they were written. */
  readonly messageIds: readonly number[];
  /** Without saying whose they are. @defaultValue false */
  readonly dropAuthor?: boolean;
  /** Files without their captions. @defaultValue false */
  readonly dropCaptions?: boolean;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** The messages that have arrived. */
export interface ForwardedMessages {
  readonly chatId: number;
  /** The new ones, in the order of those that were forwarded. */
  readonly messageIds: readonly number[];
}

const schema = z.strictObject({
  from: chatRef,
  to: chatRef,
  messageIds,
  dropAuthor: z.boolean().default(false),
  dropCaptions: z.boolean().default(false),
  idempotencyKey,
});

/** What is forwarded, read and resolved. */
export interface Parcel {
  readonly from: Peer;
  readonly to: Peer;
  readonly messages: readonly Message[];
  readonly dropAuthor: boolean;
  readonly dropCaptions: boolean;
}

/** Passes messages on. The digest covers what they say: for one that was edited since the approval counts no more. */
export const forwardMessages: Operation<ForwardMessagesInput, ForwardedMessages> = {
  name: "forwardMessages",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<ForwardedMessages>> {
    const { dropAuthor, dropCaptions, ...parsed } = parseInput(schema, input, "forwardMessages");
    const from = await resolveChat(telegram, parsed.from, signal);
    const to = await resolveChat(telegram, parsed.to, signal);
    const messages = await allOf(telegram, from, parsed.messageIds, signal);
    const parcel = { from, to, messages, dropAuthor, dropCaptions };
    const arriving = messages.map((message) => asItArrives(message, dropCaptions));
    const links = arriving.flatMap(({ text, entities = [] }) => linksIn(text, entities));
    const { warnings, ...facts } = await linkFacts(telegram, to, links, signal);
    const shown = arriving.map((message) => proposedMessage(message, policy.maxMessageLength));
    return {
      payload: {
        operation: "forwardMessages",
        from: from.id,
        to: to.id,
        messageIds: messages.map(({ id }) => id),
        dropAuthor,
        dropCaptions,
        ...definedOnly({ idempotencyKey: parsed.idempotencyKey }),
      },
      before: messages.map(contentOf),
      targets: [{ ...from, role: "from" }, to],
      summary: summaryOf(parcel),
      messages: shown,
      ...facts,
      warnings: [...warnings, ...cutOff(shown)],
      cost: messageCost(to, messages.length, telegram.selfId),
      randomIdCount: messages.length,
      perform: (run) => perform(telegram, parcel, run),
      find: (sinceMs) => findForwarded(telegram, parcel, sinceMs),
    };
  },
};

const cutOff = (shown: readonly ProposedMessage[]): readonly string[] =>
  shown.flatMap(({ id, moreCharacters }) =>
    moreCharacters === undefined ? [] : [`Message ${id} has ${moreCharacters} characters more than are shown.`],
  );

async function allOf(
  telegram: Telegram,
  from: Peer,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<readonly Message[]> {
  const messages = await messagesOf(telegram, from, ids, signal);
  const missing = ids.find((id) => messages.every((message) => message.id !== id));
  if (missing !== undefined) throw messageNotFound(from, missing);
  const service = messages.find(({ type }) => type === "service");
  if (service === undefined) return messages;
  throw new GuardError("input_invalid", `Message ${service.id} only tells what happened and cannot be forwarded.`, {
    details: { path: "forwardMessages.messageIds" },
    nextStep: "Leave out the messages whose type is service.",
  });
}

function summaryOf({ from, to, messages, dropAuthor, dropCaptions }: Parcel): string {
  const how = [...(dropAuthor ? ["without their authors"] : []), ...(dropCaptions ? ["without captions"] : [])];
  const what = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  const head = [`Forward ${what} from ${describeChat(from)} to ${describeChat(to)}`, ...how].join(", ");
  return `${head}: ${messages.map((message) => `${message.id} ${excerptOf(message)}`).join(", ")}`;
}

async function perform(telegram: Telegram, parcel: Parcel, run: Run): Promise<ForwardedMessages> {
  const { from, to, messages, dropAuthor, dropCaptions } = parcel;
  const ids = messages.map(({ id }) => id);
  const now = await allOf(telegram, from, ids);
  now.forEach((message, index) => {
    const shown = messages[index];
    if (shown === undefined || contentOf(shown) !== contentOf(message)) {
      throw editedSince("forwardMessages.messageIds", message.id);
    }
  });
  const request = new telegram.api.messages.ForwardMessages({
    fromPeer: inputPeer(telegram, from),
    toPeer: inputPeer(telegram, to),
    id: ids,
    randomId: run.randomIds.map((id) => telegram.long(id)),
    dropAuthor,
    dropMediaCaptions: dropCaptions,
  });
  // With their random ids they may be sent again: Telegram knows them by those.
  const cost = messageCost(to, ids.length, telegram.selfId);
  const updates = await run.write(request, { replay: "safe", chat: String(to.id), ...cost });
  return { chatId: to.id, messageIds: forwardedIds(updates, run.randomIds) };
}
