import { z } from "zod";
import { parseInput } from "../input.js";
import { toTopic, type Topic } from "../models/topic.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { inputChannel, wrongKind } from "./address.js";
import { Listing, type Page } from "./listing.js";
import { withChat } from "./not-a-member.js";
import { optionsSchema, type ListOptions } from "./options.js";

/** What `client.read.topics` takes. */
export interface TopicsOptions extends ListOptions {
  /** Only topics with these words in their title. */
  readonly search?: string;
}

const schema = z.strictObject({ ...optionsSchema, search: z.string().trim().min(1).exactOptional() });

/** Telegram's own limit of topics in one answer. */
const PAGE = 100;

/** Where the next page begins: after this topic, whose newest message this is (core.telegram.org/api/forum). */
interface Place {
  readonly offsetDate: number;
  readonly offsetId: number;
  readonly offsetTopic: number;
}
const START: Place = { offsetDate: 0, offsetId: 0, offsetTopic: 0 };

interface TopicPage extends Page<Topic> {
  readonly asked: number;
  readonly received: number;
  readonly next: Place | undefined;
}

/** The topics of a forum: pinned ones first, then by the newest message. */
export function topics(telegram: Telegram, chat: ChatRef, options: TopicsOptions = {}): Listing<Topic> {
  const { limit = Infinity, search, ...call } = parseInput(schema, options, "options");
  const ask = async (place: Place, asked: number): Promise<TopicPage> => {
    const peer = await findChat(telegram, chat, call);
    if (peer.kind !== "supergroup") throw wrongKind(peer, "forum");
    const request = new telegram.api.channels.GetForumTopics({
      channel: inputChannel(telegram, peer),
      ...place,
      limit: asked,
      ...(search === undefined ? {} : { q: search }),
    });
    const answer = await withChat(chat, telegram.invoke(request, call));
    telegram.peers.learn(answer.users, answer.chats);
    const items = answer.topics.flatMap((topic) => toTopic(topic, answer.messages) ?? []);
    const last = items.at(-1);
    const next = last && {
      offsetDate: last.lastMessageDate === undefined ? 0 : Date.parse(last.lastMessageDate) / 1000,
      offsetId: last.topMessageId,
      offsetTopic: last.id,
    };
    return { items, total: answer.count, asked, received: answer.topics.length, next };
  };
  return new Listing<Topic>({
    limit,
    total: async () => (await ask(START, 1)).total,
    pages: async function* (): AsyncGenerator<Page<Topic>> {
      const seen = new Set<number>();
      for (let place: Place | undefined = START; place !== undefined;) {
        const page: TopicPage = await ask(place, PAGE);
        // Pinned topics may come again among the others.
        const items = page.items.filter(({ id }) => !seen.has(id));
        for (const { id } of items) seen.add(id);
        yield { items, total: page.total };
        if (page.received < page.asked || items.length === 0 || seen.size >= page.total) return;
        place = page.next;
      }
    },
  });
}
