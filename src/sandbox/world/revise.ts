import type * as Tl from "../tl/types.js";
import { sees } from "./bot-sight.js";
import type { Channel } from "./chat.js";
import type { Dialog, Mailbox } from "./mailbox.js";
import type { Message } from "./message.js";
import { channelPeer, type Peer } from "./peer.js";
import { Cast } from "./present/cast.js";
import { presentMessage } from "./present/message.js";
import { updatesOf } from "./present/updates.js";
import type { World } from "./world.js";

/** One account's sight of an edited message. */
export interface Revised {
  readonly viewer: Mailbox;
  readonly peer: Peer;
  readonly message: Message;
  readonly pts: number;
}

/** @param by who has edited it */
export function reviseInChannel(world: World, channel: Channel, message: Message, by: number): Revised[] {
  const before = channel.history.byId(message.id) ?? message;
  channel.log.add(by, { kind: "edited", before, message });
  channel.history.replace(message);
  const pts = channel.journal.record(1, { kind: "edit", id: message.id });
  const peer = channelPeer(channel.id);
  return world
    .membersAmongAccounts(channel)
    .filter(({ accountId }) => sees(world, accountId, channel, message, channel.history))
    .map((viewer) => ({ viewer, peer, message, pts }));
}

/** Every mailbox keeps its own id and reply. */
export function reviseCopies(world: World, message: Message): Revised[] {
  return world.mailboxes().flatMap((viewer) => {
    const found = viewer.find(viewer.idOf(message.origin) ?? 0);
    if (!found) return [];
    const { text, entities, editDate, media, replyMarkup } = message;
    return [reviseIn(viewer, found.dialog, { ...found.message, text, entities, editDate, media, replyMarkup })];
  });
}

function reviseIn(viewer: Mailbox, dialog: Dialog, message: Message): Revised {
  dialog.history.replace(message);
  const pts = viewer.journal.record(1, { kind: "edit", id: message.id });
  return { viewer, peer: dialog.peer, message, pts };
}

/** What the sessions of the account are told. */
export function revisedUpdates(world: World, { viewer, peer, message, pts }: Revised): Tl.updates {
  const cast = new Cast(world, viewer).add(peer).addMessage(message);
  const _ = peer.kind === "channel" ? "updateEditChannelMessage" : "updateEditMessage";
  return updatesOf(cast, [{ _, message: presentMessage(world, viewer, peer, message), pts, pts_count: 1 }]);
}
