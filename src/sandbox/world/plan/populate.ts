import { Agenda } from "../demo/agenda.js";
import type { Channel } from "../chat.js";
import { deliver } from "../deliver.js";
import { Forum } from "../forum.js";
import type { Restriction } from "../members.js";
import type { Photo } from "../media.js";
import { channelPeer, chatPeer, userPeer } from "../peer.js";
import { StoredHistory } from "../stored-history.js";
import type { World } from "../world.js";
import { BEGIN, begin, given, leaveUnread, type Making } from "./making.js";
import { creatorOf, membersOf, restricted } from "./members.js";
import { photograph } from "./photograph.js";
import { planMessages } from "./messages.js";
import { arrange, channelNamed, groupNamed } from "./chats.js";
import { within, wrong } from "./fault.js";
import { addPeople, idOf, personOf } from "./people.js";
import { addTopics } from "./topics.js";
import type { ChannelPlan, GroupPlan, Reference, SupergroupPlan, WorldPlan } from "./schema.js";

/** Channel ids have at least ten digits, those of basic groups do not begin with 100. */
const FIRST_CHANNEL = 1_900_000_001;
const FIRST_GROUP = 4_900_001;

/**
 * Makes a world as it is described. Messages are written in the order of time, whatever the order of the description.
 *
 * @throws SandboxError `world_invalid`
 */
export function populateFromPlan(world: World, plan: WorldPlan): void {
  if (!plan.users.some(({ account }) => account !== undefined))
    within("users", () => {
      throw wrong("no user has an account, so nobody could log in");
    });
  const making = { world, agenda: new Agenda(), afterwards: [] as (() => void)[] };
  addPeople(world, plan.users);
  addChats(making, plan);
  making.agenda.run();
  for (const end of making.afterwards) end();
  plan.users.forEach((user, place) => {
    const mailbox = world.mailbox(idOf(user, place));
    const { account } = user;
    if (!mailbox || !account) return;
    within(`users[${place}].account`, () => {
      arrange(world, mailbox, account);
    });
  });
}

/** Each in its place: what is wrong is told with it. */
function addChats(making: Making, plan: WorldPlan): void {
  const each = <T>(list: readonly T[], name: string, add: (path: string, one: T, place: number) => void): void => {
    list.forEach((one, place) => {
      within(`${name}[${place}]`, () => {
        add(`${name}[${place}]`, one, place);
      });
    });
  };
  const channels = FIRST_CHANNEL + plan.supergroups.length;
  each(plan.groups, "groups", (path, group, place) => {
    addGroup(making, path, group, FIRST_GROUP + place);
  });
  each(plan.supergroups, "supergroups", (path, chat, place) => {
    addSupergroup(making, path, chat, FIRST_CHANNEL + place);
  });
  each(plan.channels, "channels", (path, chat, place) => {
    addBroadcast(making, path, chat, channels + place);
  });
  each(plan.privateChats, "privateChats", (path, chat) => {
    addPrivate(making, path, chat);
  });
}

function addGroup(making: Making, path: string, plan: GroupPlan, otherwise: number): void {
  const { world, agenda } = making;
  const { id = otherwise, title, about, date = BEGIN, denied, protected: noForwards } = plan;
  if (world.groups.has(id)) throw wrong(`two groups have the id ${id}`);
  const members = membersOf(world, plan, date);
  const photo = pictureOf(world, plan, date);
  const group = world.addGroup({ id, title, date, members, ...given({ about, denied, noForwards, photo }) });
  const users = [...plan.members, ...plan.admins.map(({ who }) => who)].map((who) => BigInt(personOf(world, who)));
  begin(making, group, date, { _: "messageActionChatCreate", title, users });
  planMessages({ world, agenda, path, to: group, begins: date }, plan.messages);
  leaveUnread(making, chatPeer(id), plan.unread);
}

function addSupergroup(making: Making, path: string, plan: SupergroupPlan, otherwise: number): void {
  const { date = BEGIN, topics, slowModeSeconds, hidesMembers } = plan;
  const forum = topics === undefined ? undefined : new Forum();
  const channel = addChannel(making, plan, otherwise, "supergroup", given({ slowModeSeconds, hidesMembers, forum }));
  const { world, agenda } = making;
  channel.joinRequest = plan.joinRequest ?? false;
  if (plan.migratedFrom !== undefined) follow(making, channel, plan.migratedFrom, date);
  if (forum && topics) addTopics(making, path, channel, forum, topics, date);
  planMessages({ world, agenda, path, to: channel, begins: date }, plan.messages);
}

/** The supergroup was a basic group before, which ends when this begins. */
function follow({ world, agenda, afterwards }: Making, channel: Channel, which: Reference, date: number): void {
  const group = groupNamed(world, which);
  const creator = channel.members.managers().find(({ role }) => role === "creator");
  if (!group) throw wrong(`${JSON.stringify(which)} is no group of this world`);
  if (!creator) throw wrong("a supergroup that was a group must have a creator");
  channel.migratedFrom = group.id;
  const from = userPeer(creator.userId);
  const [channel_id, chat_id] = [BigInt(channel.id), BigInt(group.id)];
  agenda.at(date, () => {
    deliver(world, group, { date, from, text: "", action: { _: "messageActionChatMigrateTo", channel_id } });
    const action = { _: "messageActionChannelMigrateFrom", title: group.title, chat_id } as const;
    deliver(world, channel, { date, from, text: "", action });
  });
  afterwards.push(() => {
    group.migratedTo = channel.id;
  });
}

const pictureOf = (world: World, { photo }: Pick<GroupPlan, "photo">, date: number): Photo | undefined =>
  photo ? photograph(world, date) : undefined;

function addBroadcast(making: Making, path: string, plan: ChannelPlan, otherwise: number): void {
  const { world, agenda } = making;
  const channel = addChannel(making, plan, otherwise, "channel", {});
  channel.signatures = plan.signatures ?? false;
  planMessages({ world, agenda, path, to: channel, begins: plan.date ?? BEGIN }, plan.messages);
  if (plan.discussion === undefined) return;
  const group = channelNamed(world, plan.discussion);
  if (group?.kind !== "supergroup") throw wrong(`${JSON.stringify(plan.discussion)} is no supergroup of this world`);
  channel.linked = group;
  group.linked = channel;
}

type Extras = Partial<Pick<Parameters<World["addChannel"]>[0], "slowModeSeconds" | "hidesMembers" | "forum">>;

function addChannel(
  making: Making,
  plan: SupergroupPlan | ChannelPlan,
  otherwise: number,
  kind: "supergroup" | "channel",
  extras: Extras,
): Channel {
  const { world } = making;
  const { id = otherwise, title, about, username, verified, date = BEGIN, denied, protected: noForwards } = plan;
  if (id < 1_000_000_000) throw wrong(`the id ${id} of ${title} has fewer than ten digits`);
  if (world.channels.has(id)) throw wrong(`two channels or supergroups have the id ${id}`);
  if (username !== undefined && (world.channelByUsername(username) ?? world.users.byUsername(username))) {
    throw wrong(`somebody else is called @${username}`);
  }
  const by = creatorOf(world, plan)?.userId ?? 0;
  const out: Restriction = { denied: ["view_messages", "send_messages"], by, date };
  const channel = world.addChannel({
    ...{ id, kind, title, date, ...extras },
    ...given({ about, username, verified, denied, noForwards, photo: pictureOf(world, plan, date) }),
    history: new StoredHistory(),
    members: restricted(world, membersOf(world, plan, date), plan, by),
    banned: new Map(plan.banned.map((who) => [personOf(world, who), out])),
  });
  const began = { _: "messageActionChannelCreate", title } as const;
  if (!("migratedFrom" in plan)) begin(making, channel, date, began);
  leaveUnread(making, channelPeer(id), plan.unread);
  return channel;
}

function addPrivate(making: Making, path: string, plan: WorldPlan["privateChats"][number]): void {
  const { world, agenda } = making;
  const { messages, unread } = plan;
  const [one, other] = plan.between;
  const between = [personOf(world, one), personOf(world, other)] as const;
  const accounts = between.filter((id) => world.mailbox(id) !== undefined);
  if (accounts.length === 0) throw wrong(`neither ${String(one)} nor ${String(other)} has an account`);
  const to = { kind: "private", between } as const;
  planMessages({ world, agenda, path, to, begins: BEGIN, writer: between[1] }, messages);
  leaveUnread(making, userPeer(between[1]), unread, between[0]);
  leaveUnread(making, userPeer(between[0]), 0, between[1]);
}
