import { deliver } from "../../world/deliver.js";
import { peerKey, tlPeer, userPeer, type Peer } from "../../world/peer.js";
import { tellDeliveries, tellOf, type Told } from "../../world/told.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkMayChange, note } from "./administer.js";
import { checkMayWrite } from "./may-write.js";
import { refuse } from "./refuse.js";
import { conversationOf, mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";
import { tell } from "./tell.js";

const DAY = 86_400;
const LONGEST = 366 * DAY;

/** @throws TTL_PERIOD_INVALID */
export function acceptPeriod(period: number): number {
  if (period < 0 || period > LONGEST || (period > 0 && period < DAY)) throw refuse("TTL_PERIOD_INVALID");
  return period;
}

interface Side {
  readonly viewer: Told["viewer"];
  readonly peer: Peer;
}

/** The accounts that see the chat. */
function sidesOf(context: RequestContext, target: Target): Side[] {
  const { world, account } = context;
  if (target.kind !== "user") {
    return world.membersAmongAccounts(target).map((viewer) => ({ viewer, peer: peerOf(target) }));
  }
  const other = target.user.id === account.id ? undefined : world.mailbox(target.user.id);
  const own = { viewer: mailboxOf(context), peer: peerOf(target) };
  return other ? [own, { viewer: other, peer: userPeer(account.id) }] : [own];
}

/** How long messages of a chat stay, as the account sees it. */
function periodOf(context: RequestContext, target: Target): number {
  if (target.kind !== "user") return target.ttlPeriod;
  return mailboxOf(context).dialogs.get(peerKey(peerOf(target)))?.ttlPeriod ?? 0;
}

/** Sets it, and tells everybody. @param automatic whether it is the account's setting for all of its new chats */
export function setPeriod(context: RequestContext, target: Target, period: number, automatic = false): Told[] {
  const { world, account, now } = context;
  const sides = sidesOf(context, target);
  if (target.kind === "user") for (const { viewer, peer } of sides) viewer.dialogWith(peer).ttlPeriod = period;
  else target.ttlPeriod = period;
  const auto_setting_from = automatic ? BigInt(account.id) : undefined;
  const action = { _: "messageActionSetMessagesTTL", period, auto_setting_from } as const;
  const from = target.kind === "channel" ? undefined : userPeer(account.id);
  const draft = { date: Math.floor(now / 1000), from, text: "", action };
  const told = tellDeliveries(world, deliver(world, conversationOf(context, target), draft, account.id));
  const updates = sides.map(({ viewer, peer }) => {
    const update = { _: "updatePeerHistoryTTL", peer: tlPeer(peer), ttl_period: period || undefined } as const;
    return tellOf(world, viewer, peer, update);
  });
  return [...updates, ...told];
}

/** Messages that vanish by themselves (core.telegram.org/api/auto-delete). */
export const historyTtl = {
  "messages.setHistoryTTL": ({ peer, period: wanted }, context) => {
    const target = targetOf(context, peer);
    if (target.kind === "user") checkMayWrite(context, target);
    else checkMayChange(context, target);
    const period = acceptPeriod(wanted);
    const prev_value = periodOf(context, target);
    if (period === prev_value) throw refuse("CHAT_NOT_MODIFIED");
    if (target.kind !== "user") {
      note(context, target, { _: "channelAdminLogEventActionChangeHistoryTTL", prev_value, new_value: period });
    }
    return tell(context, setPeriod(context, target, period));
  },
  "messages.getDefaultHistoryTTL": (_, { world, account }) => ({
    _: "defaultHistoryTTL",
    period: world.settings.historyTtl.get(account.id) ?? 0,
  }),
  "messages.setDefaultHistoryTTL": ({ period }, context) => {
    context.world.settings.historyTtl.set(context.account.id, acceptPeriod(period));
    return true;
  },
} satisfies Handlers;
