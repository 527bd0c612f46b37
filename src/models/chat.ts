import type { Api } from "telegram";
import { markChannel, markGroup, markUser, toNumber, type ChatKind } from "./ids.js";
import { present } from "./present.js";
import { activeUsername, fullName } from "./user.js";

/** What is known of a chat wherever it appears. */
export interface Chat {
  /** Positive for users, negative for groups, -100… for supergroups and channels. */
  readonly id: number;
  readonly kind: ChatKind;
  readonly title: string;
  /** Without the `@`. */
  readonly username?: string;
  /** Absent where the answer does not carry it. */
  readonly participantsCount?: number;
  /** A user that is a bot. */
  readonly isBot?: boolean;
}

export const userChat = (user: Api.User): Chat => ({
  id: markUser(toNumber(user.id)),
  kind: "user",
  title: fullName(user),
  ...present({
    username: user.username ?? activeUsername(user.usernames),
    isBot: user.bot ? true : undefined,
  }),
});

export const groupChat = (chat: Api.Chat | Api.ChatForbidden): Chat => ({
  id: markGroup(toNumber(chat.id)),
  kind: "group",
  title: chat.title,
  ...present({ participantsCount: "participantsCount" in chat ? chat.participantsCount : undefined }),
});

export const channelChat = (channel: Api.Channel | Api.ChannelForbidden): Chat => ({
  id: markChannel(toNumber(channel.id)),
  kind: channel.megagroup ? "supergroup" : "channel",
  title: channel.title,
  ...("username" in channel
    ? present({
        username: channel.username ?? activeUsername(channel.usernames),
        participantsCount: channel.participantsCount,
      })
    : {}),
});
