import type * as Tl from "../../tl/types.js";
import { peerKey } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import type { Handlers, RequestContext } from "../handler.js";
import { isStranger } from "./may-write.js";
import { mailboxOf, peerOf, targetOf, type Target } from "./resolve.js";

/** What is offered above a chat with somebody one does not know. */
function settingsFor(context: RequestContext, target: Target): Tl.peerSettings {
  const unknown =
    target.kind === "user" &&
    target.user.id !== context.account.id &&
    !target.user.support &&
    !target.user.bot &&
    !context.world.relations.knows(context.account.id, target.user.id);
  if (!unknown || context.world.settings.hiddenBars.has(barOf(context, target))) return { _: "peerSettings" };
  const wrote = !isStranger(context, target.user.id);
  return { _: "peerSettings", report_spam: wrote || undefined, add_contact: true, block_contact: wrote || undefined };
}

const barOf = ({ account }: RequestContext, target: Target): string => `${account.id}>${peerKey(peerOf(target))}`;

/** The bar above a chat with somebody unknown, and complaints, which come to nobody. */
export const peerSettings = {
  "messages.getPeerSettings": ({ peer }, context) => {
    const target = targetOf(context, peer);
    const cast = new Cast(context.world, mailboxOf(context)).add(peerOf(target));
    const settings = settingsFor(context, target);
    return { _: "messages.peerSettings", settings, chats: cast.chats, users: cast.users };
  },
  "messages.hidePeerSettingsBar": ({ peer }, context) => {
    context.world.settings.hiddenBars.add(barOf(context, targetOf(context, peer)));
    return true;
  },
  "messages.reportSpam": ({ peer }, context) => {
    targetOf(context, peer);
    return true;
  },
  "messages.report": ({ peer }, context) => {
    targetOf(context, peer);
    return { _: "reportResultReported" };
  },
} satisfies Handlers;
