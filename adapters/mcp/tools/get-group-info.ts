import type { ChatInfo } from "tg-guarded";
import { z } from "zod";
import { READS } from "../annotations.js";
import { CHAT_KINDS } from "../chats.js";
import type { ServerContext } from "../context.js";
import { defined, flag } from "../defined.js";
import { group } from "../parameters.js";
import { tool } from "../tool.js";
import { isoTime, nameText, words } from "../words.js";

const holds = z.literal(true).optional();

const output = z.object({
  id: z.int(),
  title: nameText(),
  username: nameText().optional(),
  participants_count: z.int().optional(),
  type: z.enum(CHAT_KINDS),
  about: words(1024).optional(),
  first_name: nameText().optional(),
  last_name: nameText().optional(),
  date: isoTime().optional().describe("When it was made, or joined."),
  linked_chat_id: z.int().optional().describe("The channel's discussion group, or the group's channel."),
  pinned_message_id: z.int().optional(),
  slow_mode_seconds: z.int().optional(),
  self_destruct_seconds: z.int().optional(),
  admins_count: z.int().optional(),
  online_count: z.int().optional(),
  migrated_to_chat_id: z.int().optional(),
  migrated_from_chat_id: z.int().optional(),
  common_chats_count: z.int().optional(),
  is_bot: holds,
  is_premium: holds,
  is_forum: holds,
  is_verified: holds,
  is_scam: holds,
  is_fake: holds,
  is_protected: holds,
  can_view_participants: holds,
});

export const getGroupInfo = tool({
  name: "tg_get_group_info",
  title: "About a chat",
  description:
    "What a chat is: of a group, supergroup, channel, person or bot. Flags that do not hold are left out. One request.",
  input: z.strictObject({ group }),
  output,
  annotations: READS,
  run: async ({ client }: ServerContext, input, { signal }) =>
    show(await (await client()).read.groupInfo(input.group, { signal })),
});

const show = (info: ChatInfo): z.input<typeof output> =>
  defined({
    id: info.id,
    title: info.title,
    username: info.username,
    participants_count: info.participantsCount,
    type: info.kind,
    about: info.about,
    first_name: info.firstName,
    last_name: info.lastName,
    date: info.date,
    linked_chat_id: info.linkedChatId,
    pinned_message_id: info.pinnedMessageId,
    slow_mode_seconds: info.slowModeSeconds,
    self_destruct_seconds: info.selfDestructSeconds,
    admins_count: info.adminsCount,
    online_count: info.onlineCount,
    migrated_to_chat_id: info.migratedToChatId,
    migrated_from_chat_id: info.migratedFromChatId,
    common_chats_count: info.commonChatsCount,
    is_bot: flag(info.isBot),
    is_premium: flag(info.isPremium),
    is_forum: flag(info.isForum),
    is_verified: flag(info.isVerified),
    is_scam: flag(info.isScam),
    is_fake: flag(info.isFake),
    is_protected: flag(info.isProtected),
    can_view_participants: flag(info.canViewParticipants),
  });
