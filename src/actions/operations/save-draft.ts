import type { Api } from "telegram";
import { z } from "zod";
import { GuardError } from "../../errors.js";
import { parseInput } from "../../input.js";
import { inputChannel } from "../../read/address.js";
import type { ChatRef } from "../../telegram/chat-ref.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { describeChat } from "../describe-proposal.js";
import { inputEntities } from "../markup/input-entities.js";
import type { Formatting } from "../markup/marked-text.js";
import type { Operation, Prepared } from "../operation.js";
import { chatRef, resolveChat } from "./input.js";
import { describePlacement, placed, placement, type Placement } from "./placement.js";
import { exactText, formatting, sourceText } from "./text.js";

/** What `client.actions.saveDraft` takes. */
export interface SaveDraftInput {
  readonly chat: ChatRef;
  /** Left in the input field exactly so, trimmed, unless `formatting` says that it is marked up. */
  readonly text: string;
  /** How the text is marked up. Absent: not at all. */
  readonly formatting?: Formatting;
  /** The id of the message it will answer. */
  readonly replyTo?: number;
  /** The id of the forum's topic in whose input field it is left. */
  readonly topic?: number;
  /** Also in place of another text that somebody left there. @defaultValue false */
  readonly replace?: boolean;
}

/** The chat in whose input field the text is. */
export interface SavedDraft {
  readonly chatId: number;
}

const { replyTo, topic } = placement;
const schema = z.strictObject({
  chat: chatRef,
  text: sourceText,
  formatting,
  replyTo,
  topic,
  replace: z.boolean().default(false),
});

/** Leaves a text in the chat's input field. Nobody else sees it until a person sends it, so nobody needs to approve. */
export const saveDraft: Operation<SaveDraftInput, SavedDraft> = {
  name: "saveDraft",
  async prepare({ telegram, policy }, input, signal): Promise<Prepared<SavedDraft>> {
    const parsed = parseInput(schema, input, "saveDraft");
    const { chat, replace, text: source, formatting: marks, ...answers } = parsed;
    const { text, entities } = exactText(source, marks, policy.maxMessageLength, "saveDraft.text");
    const place: Placement = { silent: false, ...answers };
    const peer = await resolveChat(telegram, chat, signal);
    const saved = { chatId: peer.id };
    return {
      payload: {
        operation: "saveDraft",
        peer: peer.id,
        text,
        entities: entities.map((entity) => ({ ...entity })),
        ...place,
      },
      targets: [peer],
      summary: `Leave ${text.length} characters as a draft in ${[describeChat(peer), ...describePlacement(place)].join(", ")}: ${text}`,
      text,
      warnings: [],
      randomIdCount: 0,
      async perform(run) {
        const there = replace ? undefined : await draftIn(telegram, peer, place.topic, signal);
        if (there !== undefined && there !== text) throw draftExists(peer);
        const request = new telegram.api.messages.SaveDraft({
          peer: inputPeer(telegram, peer),
          message: text,
          noWebpage: true,
          ...replyOf(placed(telegram, place)),
          ...(entities.length === 0 ? {} : { entities: inputEntities(telegram, entities) }),
        });
        // The same draft twice is one.
        await run.write(request, { replay: "safe", chat: String(peer.id) });
        return saved;
      },
      find: () => Promise.resolve(undefined),
    };
  },
};

/** A draft is neither silent nor scheduled. */
const replyOf = ({ replyTo: answered }: ReturnType<typeof placed>) =>
  answered === undefined ? {} : { replyTo: answered };

/** What somebody has typed there and not sent. */
async function draftIn(
  telegram: Telegram,
  peer: Peer,
  topicId: number | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { api } = telegram;
  if (topicId !== undefined) {
    const channel = inputChannel(telegram, peer);
    const request = new api.channels.GetForumTopicsByID({ channel, topics: [topicId] });
    const { topics } = await telegram.invoke(request, { signal });
    return topics.flatMap((found) => (found.className === "ForumTopic" ? (textOf(found.draft) ?? []) : []))[0];
  }
  const peers = [new api.InputDialogPeer({ peer: inputPeer(telegram, peer) })];
  const { dialogs } = await telegram.invoke(new api.messages.GetPeerDialogs({ peers }), { signal });
  return dialogs.flatMap((dialog) => (dialog.className === "Dialog" ? (textOf(dialog.draft) ?? []) : []))[0];
}

const textOf = (draft: Api.TypeDraftMessage | undefined): string | undefined =>
  draft?.className === "DraftMessage" && draft.message !== "" ? draft.message : undefined;

const draftExists = (peer: Peer): GuardError<"draft_exists"> =>
  new GuardError("draft_exists", `Somebody has begun to write in "${peer.title}"; that text was left as it is.`, {
    details: { chat: peer.id },
    nextStep: "Let the person send or delete it, or say replace: true to put this draft in its place.",
  });
