import type * as Tl from "../../tl/types.js";
import { presentMedia } from "../../world/present/media.js";
import type { Handlers, RequestContext } from "../handler.js";
import { acceptMedia } from "./accept-media.js";
import { checkMaySend, checkMayWrite } from "./may-write.js";
import { checkRandomIds, sendOut, type Outgoing } from "./outgoing.js";
import { placementOf, type Placement } from "./placement.js";
import { refuse } from "./refuse.js";
import { targetOf, type Target } from "./resolve.js";
import { acceptCaption } from "./text.js";

const MOST_IN_AN_ALBUM = 10;

type Single = Pick<Tl.inputSingleMedia, "media" | "message" | "entities" | "random_id">;

function outgoing(
  context: RequestContext,
  target: Target,
  single: Single,
  place: Placement & { readonly groupedId?: bigint | undefined },
): Outgoing {
  const text = acceptCaption(context, single.message, single.entities);
  const media = acceptMedia(context, target, single.media);
  checkMaySend(context, target, media);
  return { content: { ...text, ...place, media }, randomId: single.random_id };
}

/** Pictures of an album have been uploaded before: messages.uploadMedia makes files of them. */
function checkAlbum(singles: readonly Single[]): void {
  if (singles.length === 0) throw refuse("MEDIA_EMPTY");
  if (singles.length > MOST_IN_AN_ALBUM) throw refuse("MULTI_MEDIA_TOO_LONG");
  const ready = singles.every(({ media }) => media._ === "inputMediaPhoto" || media._ === "inputMediaDocument");
  if (!ready) throw refuse("MEDIA_INVALID");
}

export const sendMedia = {
  "messages.sendMedia": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayWrite(context, target);
    // Looked at before the file, whose parts may be gone when a request comes again.
    checkRandomIds(context, [request.random_id]);
    const placement = placementOf(context, target, request.reply_to);
    return sendOut(context, target, [outgoing(context, target, request, placement)], request).updates;
  },
  "messages.uploadMedia": ({ peer, media }, context) => {
    const target = targetOf(context, peer);
    checkMayWrite(context, target);
    return presentMedia(context.world, acceptMedia(context, target, media), context.account.id);
  },
  "messages.sendMultiMedia": (request, context) => {
    const target = targetOf(context, request.peer);
    checkMayWrite(context, target);
    const { multi_media: singles } = request;
    checkAlbum(singles);
    checkRandomIds(
      context,
      singles.map(({ random_id }) => random_id),
    );
    const place = placementOf(context, target, request.reply_to);
    const groupedId = singles.length > 1 ? context.world.files.nextId() : undefined;
    const album = singles.map((single) => outgoing(context, target, single, { ...place, groupedId }));
    return sendOut(context, target, album, request).updates;
  },
} satisfies Handlers;
