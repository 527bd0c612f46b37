import { z } from "zod";
import { definedOnly } from "../../defined-only.js";
import { GuardError } from "../../errors.js";
import { parseInput } from "../../input.js";
import type { Message } from "../../models/message.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { inputEntities } from "../markup/input-entities.js";
import type { Formatting } from "../markup/marked-text.js";
import { messageFacts } from "../message-facts.js";
import { NothingToDo, type Operation, type Prepared, type Run } from "../operation.js";
import { chatRef, idempotencyKey, messageId, resolveChat } from "./input.js";
import { contentOf, editedSince, excerptOf, messageOf, messagesOf } from "./messages.js";
import { unlessHolds } from "./state-holds.js";
import { exactText, formatting, sourceText, type ExactText } from "./text.js";

/** What `client.actions.editMessage` takes. */
export interface EditMessageInput {
  readonly chat: ChatRef;
  /** A message that this account wrote. */
  readonly messageId: number;
  /** What it shall say, or its caption. Trimmed. */
  readonly text: string;
  /** How the text is marked up. Absent: not at all. */
  readonly formatting?: Formatting;
  /** Tells apart two calls with the same content that are both meant. */
  readonly idempotencyKey?: string;
}

/** Which message says something else now. */
export interface EditedMessage {
  readonly chatId: number;
  readonly messageId: number;
}

const schema = z.strictObject({ chat: chatRef, messageId, text: sourceText, formatting, idempotencyKey });

const NOT_CHANGED = "The message says so already.";

/** Changes the text of a message of one's own. The digest covers what it said at the preview. */
export const editMessage: Operation<EditMessageInput, EditedMessage> = {
  name: "editMessage",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<EditedMessage>> {
    const parsed = parseInput(schema, input, "editMessage");
    const words = exactText(parsed.text, parsed.formatting, policy.maxMessageLength, "editMessage.text");
    const peer = await resolveChat(telegram, parsed.chat, signal);
    const before = await messageOf(telegram, peer, parsed.messageId, signal);
    assertOwn(before);
    const facts = await messageFacts(telegram, peer, words.text, words.entities, signal);
    const edit = { id: parsed.messageId, ...words };
    return {
      payload: {
        operation: "editMessage",
        peer: peer.id,
        messageId: edit.id,
        text: words.text,
        entities: words.entities.map((entity) => ({ ...entity })),
        ...definedOnly({ idempotencyKey: parsed.idempotencyKey }),
      },
      before: contentOf(before),
      targets: [peer],
      summary: `Change message ${edit.id} in ${describeChat(peer)} from ${excerptOf(before)} to: ${words.text}`,
      ...facts,
      warnings: [`Message ${edit.id} says until now: ${excerptOf(before)}`, ...facts.warnings],
      randomIdCount: 0,
      perform: (run) => perform(telegram, peer, edit, before, run),
      find: () => find(telegram, peer, edit),
    };
  },
};

interface Edit extends ExactText {
  readonly id: number;
}

function assertOwn({ id, isOutgoing, type }: Message): void {
  if (isOutgoing && type === "message") return;
  throw new GuardError("input_invalid", `Message ${id} was not written by this account.`, {
    details: { path: "editMessage.messageId" },
    nextStep: "Only messages of one's own can be edited: isOutgoing tells which.",
  });
}

/** Telegram finds links and mentions by itself, so of the entities only those that can be given count. */
const says = (message: Message, { text, entities }: ExactText): boolean =>
  message.text === text &&
  entities.every(({ type, offset, length }) =>
    message.entities?.some((has) => has.type === type && has.offset === offset && has.length === length),
  );

async function perform(
  telegram: Telegram,
  peer: Peer,
  edit: Edit,
  before: Message,
  run: Run,
): Promise<EditedMessage | NothingToDo> {
  const edited = { chatId: peer.id, messageId: edit.id };
  const now = await messageOf(telegram, peer, edit.id);
  if (contentOf(now) !== contentOf(before)) throw editedSince("editMessage.messageId", edit.id);
  const request = new telegram.api.messages.EditMessage({
    peer: inputPeer(telegram, peer),
    id: edit.id,
    message: edit.text,
    noWebpage: true,
    ...(edit.entities.length === 0 ? {} : { entities: inputEntities(telegram, edit.entities) }),
  });
  // The same edit twice leaves the same message.
  const work = run.write(request, { replay: "safe", chat: String(peer.id) });
  const answer = await unlessHolds(work, "MESSAGE_NOT_MODIFIED", NOT_CHANGED);
  return answer instanceof NothingToDo ? answer : edited;
}

async function find(telegram: Telegram, peer: Peer, edit: Edit): Promise<EditedMessage | undefined> {
  const [now] = await messagesOf(telegram, peer, [edit.id]);
  return now !== undefined && says(now, edit) ? { chatId: peer.id, messageId: edit.id } : undefined;
}
