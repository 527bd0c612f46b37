import { announce } from "../../world/announce.js";
import type { Channel, Group } from "../../world/chat.js";
import type * as Tl from "../../tl/types.js";
import type { Handlers, RequestContext } from "../handler.js";
import { chatAt, checkMayChange, checkRight, note, standingGroup, tellChanged } from "./administer.js";
import { inWords } from "./in-words.js";
import { refuse } from "./refuse.js";
import { channelOf } from "./resolve.js";
import { tell } from "./tell.js";

const LONGEST_TITLE = 128;
const LONGEST_ABOUT = 255;

/** @throws CHAT_TITLE_EMPTY */
export function acceptTitle(title: string): string {
  const trimmed = title.trim().slice(0, LONGEST_TITLE);
  if (trimmed === "") throw refuse("CHAT_TITLE_EMPTY");
  return trimmed;
}

function rename(context: RequestContext, chat: Group | Channel, wanted: string): Tl.updates {
  checkMayChange(context, chat);
  const title = acceptTitle(wanted);
  if (title === chat.title) throw refuse("CHAT_NOT_MODIFIED");
  note(context, chat, { _: "channelAdminLogEventActionChangeTitle", prev_value: chat.title, new_value: title });
  chat.title = title;
  return tell(context, announce(context.world, chat, { _: "messageActionChatEditTitle", title }, context.account.id));
}

/** How a chat is called, what it says about itself, and what is allowed in it. */
export const chatInfo = {
  "channels.editTitle": ({ channel, title }, context) => rename(context, channelOf(context, channel), title),
  "messages.editChatTitle": ({ chat_id, title }, context) => rename(context, standingGroup(context, chat_id), title),
  "messages.editChatAbout": ({ peer, about }, context) => {
    const chat = chatAt(context, peer);
    checkMayChange(context, chat);
    if (about.length > LONGEST_ABOUT) throw refuse("CHAT_ABOUT_TOO_LONG");
    if (about === chat.about) throw refuse("CHAT_ABOUT_NOT_MODIFIED");
    note(context, chat, { _: "channelAdminLogEventActionChangeAbout", prev_value: chat.about, new_value: about });
    chat.about = about;
    return true;
  },
  "messages.toggleNoForwards": ({ peer, enabled }, context) => {
    const chat = chatAt(context, peer);
    checkMayChange(context, chat);
    if (chat.noForwards === enabled) throw refuse("CHAT_NOT_MODIFIED");
    chat.noForwards = enabled;
    note(context, chat, { _: "channelAdminLogEventActionToggleNoForwards", new_value: enabled });
    return tell(context, tellChanged(context, chat));
  },
  "messages.setChatAvailableReactions": ({ peer, available_reactions }, context) => {
    const chat = chatAt(context, peer);
    checkMayChange(context, chat);
    if (inWords(chat.reactions) === inWords(available_reactions)) throw refuse("CHAT_NOT_MODIFIED");
    const prev_value = chat.reactions ?? ({ _: "chatReactionsAll", allow_custom: true } as const);
    chat.reactions = available_reactions;
    const deed = { _: "channelAdminLogEventActionChangeAvailableReactions", prev_value } as const;
    note(context, chat, { ...deed, new_value: available_reactions });
    return tell(context, tellChanged(context, chat));
  },
  "channels.togglePreHistoryHidden": ({ channel: input, enabled }, context) => {
    const channel = channelOf(context, input);
    checkMayChange(context, channel);
    if (channel.linked) throw refuse("CHAT_LINK_EXISTS");
    return set(context, channel, channel.hidesPast === enabled, () => {
      channel.hidesPast = enabled;
      note(context, channel, { _: "channelAdminLogEventActionTogglePreHistoryHidden", new_value: enabled });
    });
  },
  "channels.toggleSignatures": ({ channel: input, signatures_enabled }, context) => {
    const channel = channelOf(context, input);
    checkMayChange(context, channel);
    if (channel.kind !== "channel") throw refuse("CHANNEL_INVALID");
    return set(context, channel, channel.signatures === (signatures_enabled ?? false), () => {
      channel.signatures = signatures_enabled ?? false;
      note(context, channel, { _: "channelAdminLogEventActionToggleSignatures", new_value: channel.signatures });
    });
  },
  "channels.toggleParticipantsHidden": ({ channel: input, enabled }, context) => {
    const channel = supergroupOf(context, input);
    checkRight(context, channel, "ban_users");
    return set(context, channel, channel.hidesMembers === enabled, () => {
      channel.hidesMembers = enabled;
    });
  },
  "channels.toggleJoinRequest": ({ channel: input, enabled }, context) => {
    const channel = supergroupOf(context, input);
    checkRight(context, channel, "invite_users");
    return set(context, channel, channel.joinRequest === enabled, () => {
      channel.joinRequest = enabled;
    });
  },
  "channels.toggleSlowMode": ({ channel: input, seconds }, context) => {
    const channel = supergroupOf(context, input);
    checkRight(context, channel, "ban_users");
    if (!SLOW_MODES.includes(seconds)) throw refuse("SECONDS_INVALID");
    return set(context, channel, channel.slowModeSeconds === seconds, () => {
      const prev_value = channel.slowModeSeconds;
      note(context, channel, { _: "channelAdminLogEventActionToggleSlowMode", prev_value, new_value: seconds });
      channel.slowModeSeconds = seconds;
    });
  },
} satisfies Handlers;

/** core.telegram.org/method/channels.toggleSlowMode */
const SLOW_MODES: readonly number[] = [0, 10, 30, 60, 300, 900, 3600];

/** @throws CHANNEL_INVALID for a channel */
export function supergroupOf(context: RequestContext, input: Tl.TypeInputChannel): Channel {
  const channel = channelOf(context, input);
  if (channel.kind !== "supergroup") throw refuse("CHANNEL_INVALID");
  return channel;
}

/** @throws CHAT_NOT_MODIFIED */
function set(context: RequestContext, channel: Channel, isSo: boolean, change: () => void): Tl.updates {
  if (isSo) throw refuse("CHAT_NOT_MODIFIED");
  change();
  return tell(context, tellChanged(context, channel));
}
