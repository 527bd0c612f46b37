import type { Api } from "telegram";
import { markedId, toIso } from "./ids.js";
import type { Names } from "./names.js";
import { present } from "./present.js";

/** Where a forwarded message came from. */
export interface Forward {
  /** ISO time of the original. */
  readonly date: string;
  /** Who wrote it, where Telegram tells. */
  readonly fromId?: number;
  /** Their name: of whoever `fromId` is where the answer carries it, or alone where the author hides the account. */
  readonly fromName?: string;
  /** Without the `@`. */
  readonly fromUsername?: string;
  readonly fromFirstName?: string;
  readonly fromLastName?: string;
  /** Id of the original post in its channel. */
  readonly channelPost?: number;
  /** The signature below the original post. */
  readonly postAuthor?: string;
  /** In Saved Messages and discussion groups: the chat and message it was taken from. */
  readonly savedFromChatId?: number;
  readonly savedFromMessageId?: number;
  /** Brought over from another application. */
  readonly isImported?: true;
}

export function toForward(header: Api.TypeMessageFwdHeader, names?: Names): Forward {
  const fromId = header.fromId ? markedId(header.fromId) : undefined;
  const from = fromId === undefined ? undefined : names?.get(fromId);
  return {
    date: toIso(header.date),
    ...present({
      fromId,
      fromName: from?.name ?? header.fromName,
      fromUsername: from?.username,
      fromFirstName: from?.firstName,
      fromLastName: from?.lastName,
      channelPost: header.channelPost,
      postAuthor: header.postAuthor,
      savedFromChatId: header.savedFromPeer ? markedId(header.savedFromPeer) : undefined,
      savedFromMessageId: header.savedFromMsgId,
      isImported: header.imported ? (true as const) : undefined,
    }),
  };
}
