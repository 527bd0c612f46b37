import type * as Tl from "../../tl/types.js";
import type { Handlers } from "../handler.js";
import { checkMaySend, checkMayWrite } from "./may-write.js";
import { sendOut, type Sent } from "./outgoing.js";
import { placementOf } from "./placement.js";
import { targetOf, type Target } from "./resolve.js";
import { acceptText } from "./text.js";

/** A text to another person is answered in the short form. Notes to self get the whole message, which mtcute insists on. */
function answer(target: Target, { own: [own], updates }: Sent, self: number): Tl.TypeUpdates {
  if (target.kind !== "user" || target.user.id === self || !own) return updates;
  const { id, date, entities } = own.message;
  return { _: "updateShortSentMessage", out: true, id, pts: own.pts, pts_count: 1, date, entities };
}

export const send = {
  "messages.sendMessage": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayWrite(context, target);
    checkMaySend(context, target, undefined);
    const text = acceptText(context, request.message, request.entities);
    const placement = placementOf(context, target, request.reply_to);
    const outgoing = { content: { ...text, ...placement }, randomId: request.random_id };
    return answer(target, sendOut(context, target, [outgoing], request), context.account.id);
  },
} satisfies Handlers;
