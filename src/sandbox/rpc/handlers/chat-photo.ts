import type * as Tl from "../../tl/types.js";
import { announce } from "../../world/announce.js";
import type { Channel, Group } from "../../world/chat.js";
import type { Photo } from "../../world/media.js";
import { presentPhoto } from "../../world/present/media.js";
import type { Handlers, RequestContext } from "../handler.js";
import { newPhoto } from "./accept-media.js";
import { checkMayChange, note, standingGroup } from "./administer.js";
import { knownFile } from "./files.js";
import { notServed, refuse } from "./refuse.js";
import { channelOf } from "./resolve.js";
import { tell } from "./tell.js";

/** @throws PHOTO_INVALID and the errors of pictures */
function accepted(context: RequestContext, input: Tl.TypeInputChatPhoto): Photo | undefined {
  switch (input._) {
    case "inputChatPhotoEmpty":
      return undefined;
    case "inputChatUploadedPhoto":
      if (!input.file) throw notServed();
      return newPhoto(context, input.file);
    case "inputChatPhoto": {
      if (input.id._ === "inputPhotoEmpty") throw refuse("PHOTO_INVALID");
      const file = knownFile(context, input.id, "photo");
      return file.kind === "photo" ? file : undefined;
    }
  }
}

function change(context: RequestContext, chat: Group | Channel, input: Tl.TypeInputChatPhoto): Tl.updates {
  checkMayChange(context, chat);
  const photo = accepted(context, input);
  if (!photo && !chat.photo) throw refuse("CHAT_NOT_MODIFIED");
  const shown = (one: Photo | undefined): Tl.TypePhoto =>
    one ? presentPhoto(context.world, one) : { _: "photoEmpty", id: 0n };
  const deed = { _: "channelAdminLogEventActionChangePhoto" } as const;
  note(context, chat, { ...deed, prev_photo: shown(chat.photo), new_photo: shown(photo) });
  chat.photo = photo;
  const action = photo
    ? ({ _: "messageActionChatEditPhoto", photo: { _: "photoEmpty", id: photo.id } } as const)
    : ({ _: "messageActionChatDeletePhoto" } as const);
  return tell(context, announce(context.world, chat, action, context.account.id));
}

export const chatPhoto = {
  "channels.editPhoto": ({ channel, photo }, context) => change(context, channelOf(context, channel), photo),
  "messages.editChatPhoto": ({ chat_id, photo }, context) => change(context, standingGroup(context, chat_id), photo),
} satisfies Handlers;
