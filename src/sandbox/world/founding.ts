import { announce } from "./announce.js";
import type { Channel, ChannelSetup, Group } from "./chat.js";
import { Forum, GENERAL, TOPIC_COLOUR } from "./forum.js";
import { eachMember, StoredMembers, type Member } from "./members.js";
import { channelPeer } from "./peer.js";
import { StoredHistory } from "./stored-history.js";
import { tellChannel, tellOf, type Told } from "./told.js";
import type { World } from "./world.js";

/** Channel ids have at least ten digits, those of basic groups do not begin with 100. */
const LOWEST_CHANNEL = 2_000_000_001;
const LOWEST_GROUP = 5_000_001;

const nextId = (taken: Iterable<number>, lowest: number): number => {
  let id = lowest;
  for (const one of taken) if (one >= id) id = one + 1;
  return id;
};

const seconds = (world: World): number => Math.floor(world.now() / 1000);

/** Somebody makes a basic group. */
export function foundGroup(world: World, title: string, by: number, others: readonly number[]): [Group, Told[]] {
  const since = seconds(world);
  const members = new StoredMembers([
    { userId: by, role: "creator", since },
    ...others.map((userId): Member => ({ userId, role: "member", since, invitedBy: by })),
  ]);
  const group = world.addGroup({ id: nextId(world.groups.keys(), LOWEST_GROUP), title, date: since, members });
  const users = others.map(BigInt);
  return [group, announce(world, group, { _: "messageActionChatCreate", title, users }, by)];
}

export type NewChannel = Pick<ChannelSetup, "kind" | "title" | "about"> & { readonly isForum?: boolean };

/** Somebody makes a supergroup or channel. */
export function foundChannel(world: World, { isForum, ...wanted }: NewChannel, by: number): [Channel, Told[]] {
  const members = new StoredMembers([{ userId: by, role: "creator", since: seconds(world) }]);
  const channel = add(world, { ...wanted, members, ...(isForum ? { forum: newForum(world, by) } : {}) });
  const told = announce(world, channel, { _: "messageActionChannelCreate", title: channel.title }, by);
  return [channel, [...tellMembers(world, channel), ...told]];
}

export function newForum(world: World, by: number): Forum {
  const forum = new Forum();
  forum.set({ id: GENERAL, title: "General", by, date: seconds(world), iconColor: TOPIC_COLOUR });
  return forum;
}

function add(world: World, setup: Omit<ChannelSetup, "id" | "date" | "history">): Channel {
  const id = nextId(world.channels.keys(), LOWEST_CHANNEL);
  return world.addChannel({ ...setup, id, date: seconds(world), history: new StoredHistory() });
}

/** A basic group becomes a supergroup; what was written stays where it was (core.telegram.org/api/channel#migration). */
export function migrate(world: World, group: Group, by: number): [Channel, Told[]] {
  const { title, about, photo, denied } = group;
  const members = new StoredMembers(eachMember(group.members));
  const channel = add(world, { kind: "supergroup", title, about, denied, members, ...(photo ? { photo } : {}) });
  channel.ttlPeriod = group.ttlPeriod;
  group.migratedTo = channel.id;
  group.version += 1;
  const left = announce(world, group, { _: "messageActionChatMigrateTo", channel_id: BigInt(channel.id) }, by);
  channel.migratedFrom = group.id;
  const action = { _: "messageActionChannelMigrateFrom", title, chat_id: BigInt(group.id) } as const;
  const began = announce(world, channel, action, by);
  return [channel, [...tellMembers(world, channel), ...left, ...began]];
}

const tellMembers = (world: World, channel: Channel): Told[] =>
  world.membersAmongAccounts(channel).map((viewer) => tellChannel(world, viewer, channel.id));

/** A supergroup or channel is no more: it leaves every list, has no way in, and is linked with nothing. */
export function dissolve(world: World, channel: Channel): Told[] {
  const viewers = world.membersAmongAccounts(channel);
  for (const viewer of viewers) viewer.dialogs.delete(`channel:${channel.id}`);
  for (const { userId } of [...eachMember(channel.members)]) channel.members.remove(userId);
  channel.username = undefined;
  channel.isGone = true;
  world.invites.removeAll(channelPeer(channel.id));
  unlink(world, channel);
  const update = { _: "updateChannel", channel_id: BigInt(channel.id) } as const;
  return viewers.map((viewer) => tellOf(world, viewer, channelPeer(channel.id), update));
}

function unlink(world: World, channel: Channel): void {
  if (channel.linked) channel.linked.linked = undefined;
  channel.linked = undefined;
  world.forgetBuilt();
}
