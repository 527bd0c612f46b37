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
  /** Asks for the next page while the reader still works on this one. A reader that stops has then asked for one too many. */
  readonly ahead: boolean;
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
  const { aboveId, since, resumed, limit, ahead } = bounds;
  const wanted = wantedBy(bounds);
  const ask = (place: Pick<Window, "offsetId" | "offsetDate">, left: number): Asked => {
    const size = sizeFor(left, bounds);
    return { size, page: () => source.page({ ...place, addOffset: -size, limit: size }) };
  };
  let last = aboveId;
  const jump = since !== undefined && !resumed && !source.searches;
  let asked: Asked | undefined = ask(jump ? { offsetDate: since } : { offsetId: last + 1 }, limit);
  let left = limit;
  for (let isFirst = true; asked !== undefined; isFirst = false) {
    const size: number = asked.size;
    const page: MessagePage = await asked.page();
    const fresh = page.items.filter((message) => message.id > last && wanted(message)).reverse();
    left -= fresh.length;
    const highest = page.ids[0];
    const isLast: boolean = highest === undefined || page.ids.length < size || isBeyond(page, highest, bounds);
    const isStuck: boolean = highest === undefined || (highest <= last && !(isFirst && jump));
    last = Math.max(last, highest ?? 0);
    asked = isLast || isStuck || left <= 0 ? undefined : ask({ offsetId: last + 1 }, left);
    if (ahead && asked !== undefined) asked = begun(asked);
    yield { items: fresh, total: page.total };
  }
}

interface Asked {
  readonly size: number;
  readonly page: () => Promise<MessagePage>;
}

/** Sends the request now. What becomes of it is heard when the page is wanted. */
function begun({ size, page }: Asked): Asked {
  const answer = page();
  answer.catch(() => undefined);
  return { size, page: () => answer };
}

const isBeyond = ({ items }: MessagePage, highest: number, { belowId = Infinity, until = Infinity }: Bounds): boolean =>
  highest >= belowId - 1 || (items[0] !== undefined && secondsOf(items[0]) >= until);

const oldestOf = (items: readonly Message[]): number => {
  const last = items.at(-1);
  return last === undefined ? Infinity : secondsOf(last);
};
