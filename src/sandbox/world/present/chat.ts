import type * as Tl from "../../tl/types.js";
import type { Channel, Group } from "../chat.js";
import type { Mailbox } from "../mailbox.js";
import type { Photo } from "../media.js";
import { mayManage } from "../members.js";
import { channelPeer } from "../peer.js";
import type { World } from "../world.js";
import { dcOfFile } from "./media.js";
import { adminRights, defaultBannedRights, restrictionRights } from "./rights.js";

/** A group or channel as one account sees it: whole, from outside, or only that it may not enter. */
export function presentChat(world: World, viewer: Mailbox, chat: Group | Channel): Tl.TypeChat {
  return chat.kind === "group" ? presentGroup(world, viewer, chat) : presentChannel(world, viewer, chat);
}

function presentChatPhoto(world: World, photo: Photo | undefined): Tl.TypeChatPhoto {
  return photo ? { _: "chatPhoto", photo_id: photo.id, dc_id: dcOfFile(world, photo.id) } : { _: "chatPhotoEmpty" };
}

function migration(world: World, viewer: Mailbox, { migratedTo }: Group) {
  if (migratedTo === undefined) return {};
  const access_hash = world.accessHashes.of(viewer.accountId, channelPeer(migratedTo));
  const migrated_to = { _: "inputChannel", channel_id: BigInt(migratedTo), access_hash } as const;
  return { deactivated: true, migrated_to } as const;
}

function presentGroup(world: World, viewer: Mailbox, group: Group): Tl.TypeChat {
  const self = group.members.get(viewer.accountId);
  if (!self) return { _: "chatForbidden", id: BigInt(group.id), title: group.title };
  return {
    _: "chat",
    id: BigInt(group.id),
    title: group.title,
    creator: self.role === "creator" || undefined,
    admin_rights: mayManage(self) ? adminRights("group", self) : undefined,
    photo: presentChatPhoto(world, group.photo),
    participants_count: group.members.count,
    date: group.date,
    version: group.version,
    default_banned_rights: defaultBannedRights(group.denied),
    noforwards: group.noForwards || undefined,
    ...migration(world, viewer, group),
  };
}

function presentChannel(world: World, viewer: Mailbox, channel: Channel): Tl.TypeChat {
  const shared = {
    id: BigInt(channel.id),
    access_hash: world.accessHashes.of(viewer.accountId, channelPeer(channel.id)),
    title: channel.title,
    broadcast: channel.kind === "channel" || undefined,
    megagroup: channel.kind === "supergroup" || undefined,
  };
  if (!channel.readableBy(viewer.accountId)) return { _: "channelForbidden", ...shared };
  const self = channel.members.get(viewer.accountId);
  const restriction = channel.restrictionOn(viewer.accountId);
  return {
    _: "channel",
    ...shared,
    left: self ? undefined : true,
    creator: self?.role === "creator" || undefined,
    admin_rights: self && mayManage(self) ? adminRights(channel.kind, self) : undefined,
    banned_rights: restriction && restrictionRights(restriction),
    default_banned_rights:
      channel.kind === "supergroup" ? defaultBannedRights(channel.denied, channel.readOnly) : undefined,
    noforwards: channel.noForwards || undefined,
    slowmode_enabled: channel.slowModeSeconds > 0 || undefined,
    forum: channel.forum ? true : undefined,
    signatures: channel.signatures || undefined,
    join_request: channel.joinRequest || undefined,
    has_link: channel.linked ? true : undefined,
    verified: channel.verified || undefined,
    username: channel.username,
    photo: presentChatPhoto(world, channel.photo),
    date: self?.since ?? channel.date,
    participants_count: channel.members.count,
  };
}
