import { z } from "zod";
import { parseInput } from "../input.js";
import type { Participant } from "../models/participant.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { findChat } from "./find.js";
import { wrongKind } from "./address.js";
import { Listing, type Page } from "./listing.js";
import { withChat } from "./not-a-member.js";
import { optionsSchema, type ListOptions } from "./options.js";
import { channelParticipants, groupParticipants, type MemberFilter, type MemberPage } from "./participant-page.js";

/** Telegram's own limit of participants in one answer. */
const PAGE = 200;

/** What `client.read.participants` takes. */
export interface ParticipantsOptions extends ListOptions {
  /**
   * `recent`: all, those seen last first; `banned`: who may not do everything; `kicked`: who may not come in.
   *
   * @defaultValue "recent"
   */
  readonly filter?: "recent" | "admins" | "bots" | "kicked" | "banned";
  /** @defaultValue false, but with the filter `bots` true */
  readonly includeBots?: boolean;
  /** Where another listing with the same options left off. */
  readonly cursor?: string;
}

/** As {@link ParticipantsOptions}, without the filter: a search has one of its own. */
export type SearchParticipantsOptions = Omit<ParticipantsOptions, "filter">;

const schema = z.strictObject({
  ...optionsSchema,
  filter: z.enum(["recent", "admins", "bots", "kicked", "banned"]).default("recent"),
  includeBots: z.boolean().exactOptional(),
  cursor: z.string().regex(/^\d+$/, "is not a cursor of a listing of participants").exactOptional(),
});

/** Who is in a chat; `query` only those whose name or `@name` begins like this. */
export function participants(
  telegram: Telegram,
  chat: ChatRef,
  options: ParticipantsOptions = {},
  query?: string,
): Listing<Participant> {
  const parsed = parseInput(schema, options, "options");
  const { limit = Infinity, filter, cursor, includeBots = filter === "bots", ...call } = parsed;
  const q = query === undefined ? undefined : parseInput(z.string().trim().min(1), query, "query");
  const sought: MemberFilter = q === undefined ? { kind: filter } : { kind: "search", query: q };
  const places = new WeakMap<Participant, number>();

  const ask = async (offset: number, size: number): Promise<MemberPage> => {
    const peer = await findChat(telegram, chat, call);
    if (peer.kind === "user") throw wrongKind(peer, "group, supergroup or channel");
    const read = peer.kind === "group" ? groupParticipants : channelParticipants;
    return withChat(chat, read(telegram, peer, { filter: sought, offset, size, call }));
  };

  return new Listing<Participant>({
    limit,
    cursorOf: (participant) => String(places.get(participant) ?? 0),
    total: async () => (await ask(0, 1)).total,
    pages: async function* (): AsyncGenerator<Page<Participant>> {
      const seen = new Set<number>();
      let left = limit;
      for (let offset = Number(cursor ?? 0); left > 0;) {
        // Only what is not sifted here can be asked for in the exact number.
        const page = await ask(offset, includeBots ? Math.min(PAGE, left) : PAGE);
        page.found.forEach((participant, index) => places.set(participant, offset + index + 1));
        const items = page.found.filter(({ id, isBot }) => !seen.has(id) && (includeBots || !isBot));
        for (const { id } of items) seen.add(id);
        left -= items.length;
        yield { items, total: page.total };
        offset += page.found.length;
        if (page.found.length === 0 || offset >= page.total) return;
      }
    },
  });
}
