import type * as Tl from "../../tl/types.js";
import type { Told } from "../../world/told.js";
import type { RequestContext } from "../handler.js";
import { mailboxOf } from "./resolve.js";

/** Tells everybody whom it concerns, and returns what the one who asked is told. */
export function tell(context: RequestContext, told: readonly Told[]): Tl.updates {
  for (const { viewer, updates } of told) context.push(context.world.account(viewer.accountId), updates);
  const own = mailboxOf(context);
  return merged(
    context,
    told.filter(({ viewer }) => viewer === own).map(({ updates }) => updates),
  );
}

/** Several containers of updates as one, with everybody in it once. */
export function merged({ now }: RequestContext, all: readonly Tl.updates[]): Tl.updates {
  const users = new Map(all.flatMap((one) => one.users.map((user) => [user.id, user] as const)));
  const chats = new Map(all.flatMap((one) => one.chats.map((chat) => [chat.id, chat] as const)));
  return {
    _: "updates",
    updates: all.flatMap(({ updates }) => updates),
    users: [...users.values()],
    chats: [...chats.values()],
    date: Math.floor(now / 1000),
    seq: 0,
  };
}
