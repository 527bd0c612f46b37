import type * as Tl from "../tl/types.js";
import type { Channel, Group } from "./chat.js";
import { deliver } from "./deliver.js";
import { userPeer } from "./peer.js";
import { tellDeliveries, type Told } from "./told.js";
import type { World } from "./world.js";

/** Puts a service message into a chat that says what somebody has done. In a channel the channel itself says it. */
export function announce(world: World, chat: Group | Channel, action: Tl.TypeMessageAction, by: number): Told[] {
  const from = chat.kind === "channel" ? undefined : userPeer(by);
  const date = Math.floor(world.now() / 1000);
  const draft = { date, from, text: "", action, media: pictureIn(chat, action) };
  return tellDeliveries(world, deliver(world, chat, draft, by));
}

/** A new picture lies in the message that tells of it. */
const pictureIn = (chat: Group | Channel, action: Tl.TypeMessageAction) =>
  action._ === "messageActionChatEditPhoto" ? chat.photo : undefined;
