import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { forbid } from "./refuse.js";
import { mailboxOf } from "./resolve.js";

/** @throws TAKEOUT_REQUIRED for what is answered inside an export only */
function insideTakeout({ takeoutId }: RequestContext): bigint {
  if (takeoutId === undefined) throw forbid("TAKEOUT_REQUIRED");
  return takeoutId;
}

/** Telegram's own way to export (core.telegram.org/api/takeout). */
export const takeout = {
  "account.initTakeoutSession": (_, { world, account }) => ({
    _: "account.takeout",
    id: world.takeouts.begin(account.id),
  }),
  "account.finishTakeoutSession": (_, context) => {
    context.world.takeouts.finish(context.account.id, insideTakeout(context));
    return true;
  },
  "messages.getSplitRanges": (_, context) => {
    insideTakeout(context);
    return [{ _: "messageRange", min_id: 1, max_id: mailboxOf(context).nextId() }];
  },
  "contacts.getSaved": (_, context) => {
    insideTakeout(context);
    const { world, now } = context;
    return [...mailboxOf(context).contacts].flatMap((id) => {
      const user = world.users.get(id);
      if (user?.phone === undefined) return [];
      const { firstName: first_name, lastName: last_name = "", phone } = user;
      return [{ _: "savedPhoneContact" as const, phone, first_name, last_name, date: Math.floor(now / 1000) }];
    });
  },
  "channels.getLeftChannels": ({ offset }, context) => {
    insideTakeout(context);
    const { world, account } = context;
    const left = [...world.channels.values()].filter(({ former, departed, members, isGone }) => {
      const isOut = !isGone && members.get(account.id) === undefined;
      return isOut && (former.has(account.id) || departed.has(account.id));
    });
    const cast = new Cast(world, mailboxOf(context));
    for (const { id } of left.slice(offset)) cast.add(channelPeer(id));
    return { _: "messages.chatsSlice", count: left.length, chats: cast.chats };
  },
} satisfies Handlers;
