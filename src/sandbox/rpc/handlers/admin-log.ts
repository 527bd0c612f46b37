import type * as Tl from "../../tl/types.js";
import type { Deed, LoggedEvent, MessageDeed } from "../../world/admin-log.js";
import type { Channel } from "../../world/chat.js";
import { mayManage } from "../../world/members.js";
import { channelPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { presentMessage } from "../../world/present/message.js";
import { wordsOf } from "../../world/name-index.js";
import type { Handlers, RequestContext } from "../handler.js";
import { wants } from "./admin-log-filter.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, userOf } from "./resolve.js";

const PAGE_LIMIT = 100;

const isOfMessage = (deed: Deed): deed is MessageDeed => "kind" in deed;

function presentDeed(context: RequestContext, channel: Channel, deed: Deed): Tl.TypeChannelAdminLogEventAction {
  if (!isOfMessage(deed)) return deed;
  const shown = (message: MessageDeed["message"]): Tl.TypeMessage =>
    presentMessage(context.world, mailboxOf(context), channelPeer(channel.id), message);
  const message = shown(deed.message);
  switch (deed.kind) {
    case "edited":
      return {
        _: "channelAdminLogEventActionEditMessage",
        prev_message: shown(deed.before),
        new_message: message,
      };
    case "deleted":
      return { _: "channelAdminLogEventActionDeleteMessage", message };
    case "pinned":
      return { _: "channelAdminLogEventActionUpdatePinned", message };
    case "sent":
      return { _: "channelAdminLogEventActionSendMessage", message };
    case "poll-stopped":
      return { _: "channelAdminLogEventActionStopPoll", message };
  }
}

function participantsIn(deed: Deed): readonly Tl.TypeChannelParticipant[] {
  if (isOfMessage(deed)) return [];
  if (deed._ === "channelAdminLogEventActionParticipantInvite") return [deed.participant];
  return "new_participant" in deed ? [deed.prev_participant, deed.new_participant] : [];
}

/** Whom a deed was done to. */
const peopleIn = (deed: Deed): bigint[] =>
  participantsIn(deed).flatMap((one) => {
    if ("user_id" in one) return [one.user_id];
    return one.peer._ === "peerUser" ? [one.peer.user_id] : [];
  });

/** What a search looks through: names, texts and titles. */
function wordsIn({ world }: RequestContext, { by, deed }: LoggedEvent): string[] {
  const names = [by, ...peopleIn(deed).map(Number)].flatMap((id) => {
    const user = world.users.get(id);
    return user ? wordsOf(user) : [];
  });
  if (isOfMessage(deed)) return [...names, deed.message.text.toLowerCase()];
  const said = Object.entries(deed).filter(([field, value]) => field !== "_" && typeof value === "string");
  return [...names, ...said.map(([, value]) => String(value).toLowerCase())];
}

function answer(
  context: RequestContext,
  channel: Channel,
  events: readonly LoggedEvent[],
): Tl.channels_adminLogResults {
  const cast = new Cast(context.world, mailboxOf(context)).add(channelPeer(channel.id));
  const shown = events.map(({ id, date, by, deed }): Tl.channelAdminLogEvent => {
    cast.addUser(by);
    for (const person of peopleIn(deed)) cast.addUser(Number(person));
    if (isOfMessage(deed)) cast.addMessage(deed.message);
    const action = presentDeed(context, channel, deed);
    return { _: "channelAdminLogEvent", id, date, user_id: BigInt(by), action };
  });
  return { _: "channels.adminLogResults", events: shown, chats: cast.chats, users: cast.users };
}

/** What was done lately, for admins (core.telegram.org/api/recent-actions). */
export const adminLog = {
  "channels.getAdminLog": ({ channel: input, q, events_filter, admins, max_id, min_id, limit }, context) => {
    const channel = channelOf(context, input);
    if (!mayManage(channel.members.get(context.account.id))) throw refuse("CHAT_ADMIN_REQUIRED");
    const who = admins?.map((one) => userOf(context, one).id);
    const text = q.trim().toLowerCase();
    const found = channel.log.events().filter((event) => {
      const { id, by, deed } = event;
      if ((max_id > 0n && id >= max_id) || id <= min_id || who?.includes(by) === false) return false;
      if (events_filter && !wants(events_filter, deed)) return false;
      return text === "" || wordsIn(context, event).some((word) => word.includes(text));
    });
    return answer(context, channel, found.slice(0, Math.min(Math.max(0, limit), PAGE_LIMIT)));
  },
} satisfies Handlers;
