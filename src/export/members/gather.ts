import type { Participant } from "../../models/participant.js";
import type { ReadOptions } from "../../read/options.js";
import { participants } from "../../read/participants.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import type { ExportPage } from "../export-run.js";
import { Found } from "./found.js";
import { memberOrNothing, sendersOf } from "./senders.js";

type Place =
  | { readonly at: "list"; readonly cursor: string }
  | { readonly at: "search"; readonly queue: readonly string[]; readonly fruitless: number }
  | { readonly at: "senders"; readonly cursor: string }
  | { readonly at: "end" };

/** How far a gathering has come; the checkpoint holds it as text. */
type Progress = Place & {
  /** Whom no file shows, and who was found all the same. */
  readonly leftOut: readonly number[];
};

type MemberPages = AsyncGenerator<ExportPage<Participant>>;

/** So many searches in a row that find nobody new are the last ones. */
const GIVE_UP_AFTER = 60;
/** As many as one search ever finds (core.telegram.org/method/channels.getParticipants). */
const SEARCH_REACH = 200;

const FROM_THE_BEGINNING: Progress = { at: "list", cursor: "0", leftOut: [] };

export interface GatherOptions {
  readonly telegram: Telegram;
  readonly peer: Peer;
  readonly call: ReadOptions;
  /** Searches and senders, too, when the list does not show all. */
  readonly complete: boolean;
  readonly includeBots: boolean;
}

/** Members as they come to light: by the list, then by searches for names, then by who wrote. Nobody twice. */
export async function* gatherMembers(
  options: GatherOptions,
  cursor: string | undefined,
  known: Iterable<Participant>,
): MemberPages {
  const place = cursor === undefined ? FROM_THE_BEGINNING : (JSON.parse(cursor) as Progress);
  const gathering = new Gathering(options, new Found(known, place.leftOut));
  if (place.at === "end") return;
  if (place.at === "list") yield* gathering.list(place.cursor);
  else await gathering.count();
  if (place.at !== "senders")
    yield* place.at === "search" ? gathering.search(place.queue, place.fruitless) : gathering.search();
  yield* gathering.senders(place.at === "senders" ? place.cursor : "");
  yield gathering.coverage();
}

class Gathering {
  #reported = 0;

  constructor(
    readonly options: GatherOptions,
    readonly found: Found,
  ) {}

  async count(): Promise<void> {
    const { telegram, peer, call } = this.options;
    this.#reported = await participants(telegram, peer.id, call).total();
  }

  async *list(cursor: string): MemberPages {
    const { telegram, peer, call } = this.options;
    const listing = participants(telegram, peer.id, { ...call, includeBots: true, cursor });
    for await (const { items, total } of listing.pages()) {
      this.#reported = total;
      yield this.#page(this.#fresh(items), { at: "list", cursor: listing.cursor ?? cursor });
    }
  }

  async *search(queue: readonly string[] = this.found.names.first(), fruitless = 0): MemberPages {
    const { telegram, peer, call } = this.options;
    const left = [...queue];
    let inVain = fruitless;
    for (let query = left.shift(); query !== undefined && !this.#isDone(); query = left.shift()) {
      const hits = participants(telegram, peer.id, { ...call, includeBots: true }, query);
      const items = await hits.toArray({ limit: SEARCH_REACH });
      for (const item of items) this.found.names.learn(item);
      if (items.length >= SEARCH_REACH) left.push(...this.found.names.longer(query));
      const before = this.found.count;
      const fresh = this.#fresh(items);
      inVain = this.found.count > before ? 0 : inVain + 1;
      yield this.#page(fresh, { at: "search", queue: left, fruitless: inVain });
      if (inVain >= GIVE_UP_AFTER) return;
    }
  }

  async *senders(cursor: string): MemberPages {
    if (this.#isDone()) return;
    const { telegram, peer, call } = this.options;
    for await (const { senders, next } of sendersOf(telegram, peer.id, call, cursor)) {
      const members: Participant[] = [];
      for (const id of senders) {
        const member = this.found.has(id) ? undefined : await memberOrNothing(telegram, peer, id, call);
        if (member !== undefined) members.push(member);
      }
      yield this.#page(this.#fresh(members), { at: "senders", cursor: next });
      if (this.#isDone()) return;
    }
  }

  /** Says what is missing. */
  coverage(): ExportPage<Participant> {
    const count = this.#reported - this.found.count;
    const why = this.options.complete
      ? "Telegram lists, finds and shows as authors no more of them"
      : "Telegram lists no more of them; `complete` searches for the others";
    const missing = count > 0 ? { missing: [{ what: "member", count, why }] } : {};
    return { ...this.#page([], { at: "end" }), ...missing };
  }

  #isDone(): boolean {
    return !this.options.complete || this.found.count >= this.#reported;
  }

  /** Bots count as members, whether they are wanted or not. */
  #fresh(items: readonly Participant[]): readonly Participant[] {
    return items.filter((one) => this.found.add(one, { leaveOut: one.isBot && !this.options.includeBots }));
  }

  #page(items: readonly Participant[], next: Place): ExportPage<Participant> {
    const progress: Progress = { ...next, leftOut: this.found.leftOut };
    return { items, reported: this.#reported, cursor: JSON.stringify(progress) };
  }
}
