import type * as Tl from "../../tl/types.js";
import type { Draft } from "../../world/message.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Scheduled } from "../../world/schedule.js";
import type { RequestContext } from "../handler.js";
import { refuse } from "./refuse.js";
import { conversationOf, mailboxOf, peerOf, type Target } from "./resolve.js";

/** What is due so soon is sent at once. */
const SOON_SECONDS = 10;
const LATEST_SECONDS = 365 * 86_400;
const MOST_IN_A_CHAT = 100;

/** @throws SCHEDULE_DATE_TOO_LATE */
export function isLater({ now }: RequestContext, date: number | undefined): date is number {
  if (date === undefined || date <= now / 1000 + SOON_SECONDS) return false;
  if (date > now / 1000 + LATEST_SECONDS) throw refuse("SCHEDULE_DATE_TOO_LATE");
  return true;
}

interface Addressed {
  readonly draft: Draft;
  readonly randomId: bigint;
}

/** @throws SCHEDULE_TOO_MUCH */
export function scheduleAll(context: RequestContext, target: Target, drafts: readonly Addressed[]): Tl.updates {
  const { world, account } = context;
  const peer = peerOf(target);
  if (world.schedule.of(account.id, peer).length + drafts.length > MOST_IN_A_CHAT) throw refuse("SCHEDULE_TOO_MUCH");
  const to = conversationOf(context, target);
  const added = drafts.map(({ draft, randomId }) => ({
    entry: world.schedule.add({ account: account.id, peer, to, draft }),
    randomId,
  }));
  const viewer = mailboxOf(context);
  const cast = new Cast(world, viewer).add(peer);
  for (const { draft } of drafts) cast.addMessage({ ...draft, id: 0 });
  const fresh = added.map(({ entry }) => newScheduled(context, entry));
  context.push(account, updatesOf(cast, fresh));
  const ids = added.map(({ entry, randomId }): Tl.TypeUpdate => {
    return { _: "updateMessageID", id: entry.id, random_id: randomId };
  });
  return updatesOf(cast, [...ids, ...fresh]);
}

export const newScheduled = (context: RequestContext, entry: Scheduled): Tl.updateNewScheduledMessage => ({
  _: "updateNewScheduledMessage",
  message: presentScheduled(context, entry),
});

export const presentScheduled = (context: RequestContext, { peer, draft, id }: Scheduled): Tl.TypeMessage =>
  presentMessage(context.world, mailboxOf(context), peer, { ...draft, id, fromScheduled: true });
