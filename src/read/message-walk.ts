import type { Message } from "../models/message.js";
import type { Page } from "./listing.js";
import type { MessagePage } from "./message-answer.js";
import { PAGE, type MessageSource, type Window } from "./message-source.js";

/** How far a walk goes. Ids are left out themselves; dates in seconds, `since` belongs to it, `until` does not. */
export interface Bounds {
  readonly aboveId: number;
  readonly belowId: number | undefined;
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly limit: number;
  readonly includeService: boolean;
  /** The walk begins where another one left off, so that the dates on its near side are no concern. */
  readonly resumed: boolean;
}

const secondsOf = ({ date }: Message): number => Date.parse(date) / 1000;

const wantedBy =
  ({ aboveId, belowId = Infinity, since = -Infinity, until = Infinity, includeService }: Bounds) =>
  (message: Message): boolean => {
    const date = secondsOf(message);
    const isWithin = message.id > aboveId && message.id < belowId && date >= since && date < until;
    return isWithin && (includeService || message.type === "message");
  };

/** A page may be as small as what is still wanted, unless some of what comes is left out here. */
const sizeFor = (left: number, { includeService }: Bounds): number => (includeService ? Math.min(PAGE, left) : PAGE);

/** From the newest down. */
export async function* newestFirst(source: MessageSource, bounds: Bounds): AsyncGenerator<Page<Message>> {
  const { aboveId, belowId, since = -Infinity, until, resumed, limit } = bounds;
  const wanted = wantedBy(bounds);
  const fromDate: Window | undefined =
    until === undefined || resumed ? undefined : { offsetDate: until, maxId: belowId ?? 0, limit: 0 };
  let place: Window = fromDate ?? { offsetId: belowId ?? 0, limit: 0 };
  for (let left = limit; left > 0;) {
    const size = sizeFor(left, bounds);
    const { items, total, ids } = await source.page({ ...place, limit: size });
    const fresh = items.filter(wanted);
    left -= fresh.length;
    yield { items: fresh, total };
    const lowest = ids.at(-1);
    if (lowest === undefined || ids.length < size || lowest <= aboveId + 1 || oldestOf(items) < since) return;
    place = { offsetId: lowest, limit: 0 };
  }
}

/** From the oldest up. Telegram counts windows from the newest down: the next page lies so far above the last id seen. */
export async function* oldestFirst(source: MessageSource, bounds: Bounds): AsyncGenerator<Page<Message>> {
  const { aboveId, since, resumed, limit } = bounds;
  const wanted = wantedBy(bounds);
  let last = aboveId;
  let jump = since !== undefined && !resumed && !source.searches;
  for (let left = limit; left > 0; jump = false) {
    const size = sizeFor(left, bounds);
    const place = jump ? { offsetDate: since ?? 0 } : { offsetId: last + 1 };
    const page = await source.page({ ...place, addOffset: -size, limit: size });
    const fresh = page.items.filter((message) => message.id > last && wanted(message)).reverse();
    left -= fresh.length;
    yield { items: fresh, total: page.total };
    const highest = page.ids[0];
    if (highest === undefined || page.ids.length < size || isBeyond(page, highest, bounds)) return;
    if (highest <= last && !jump) return;
    last = Math.max(last, highest);
  }
}

const isBeyond = ({ items }: MessagePage, highest: number, { belowId = Infinity, until = Infinity }: Bounds): boolean =>
  highest >= belowId - 1 || (items[0] !== undefined && secondsOf(items[0]) >= until);

const oldestOf = (items: readonly Message[]): number => {
  const last = items.at(-1);
  return last === undefined ? Infinity : secondsOf(last);
};
