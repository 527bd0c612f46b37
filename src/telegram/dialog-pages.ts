import type { Api } from "telegram";
import type { Chat } from "../models/chat.js";
import type { Dialog } from "../models/dialog.js";
import { markedId, toIso } from "../models/ids.js";
import { present } from "../models/present.js";
import { inputPeer, type Peer } from "./peer.js";
import type { InvokeOptions, Telegram } from "./telegram.js";

export interface DialogPage {
  readonly dialogs: readonly Dialog[];
  /** All dialogs of the account, as far as Telegram tells. */
  readonly total: number;
  readonly last: boolean;
}

/** Telegram's own limit of dialogs in one answer. */
const PAGE = 100;

/** Reads the account's dialogs page by page, newest first, pinned ones on top. */
export async function* dialogPages(telegram: Telegram, options: InvokeOptions): AsyncGenerator<DialogPage> {
  const { api } = telegram;
  const seen = new Set<number>();
  let offset: Offset = { offsetDate: 0, offsetId: 0, offsetPeer: new api.InputPeerEmpty() };
  for (;;) {
    const request = new api.messages.GetDialogs({ ...offset, limit: PAGE, hash: telegram.long(0) });
    const answer = await telegram.invoke(request, options);
    if (answer.className === "messages.DialogsNotModified") return;
    telegram.peers.learn(answer.users, answer.chats);
    const dialogs = toDialogs(telegram, answer).filter(({ id }) => !seen.has(id));
    for (const { id } of dialogs) seen.add(id);
    const total = answer.className === "messages.DialogsSlice" ? answer.count : seen.size;
    const next = answer.className === "messages.Dialogs" ? undefined : offsetAfter(telegram, answer);
    const last = next === undefined || dialogs.length === 0 || seen.size >= total;
    await telegram.peers.dialogsRead(
      dialogs.map(({ id }) => id),
      last,
    );
    yield { dialogs, total, last };
    if (last) return;
    offset = next;
  }
}

interface Offset {
  readonly offsetDate: number;
  readonly offsetId: number;
  readonly offsetPeer: Api.TypeInputPeer;
}
type Answer = Api.messages.Dialogs | Api.messages.DialogsSlice;

function toDialogs(telegram: Telegram, { dialogs, messages }: Answer): Dialog[] {
  return dialogs.flatMap((dialog): Dialog[] => {
    if (dialog.className !== "Dialog") return [];
    const peer = telegram.peers.known(markedId(dialog.peer));
    if (peer === undefined) return [];
    const top = topMessage(messages, dialog);
    return [
      {
        ...withoutHash(peer),
        unreadCount: dialog.unreadCount,
        isPinned: dialog.pinned ?? false,
        topMessageId: dialog.topMessage,
        ...(top === undefined ? {} : { lastMessageDate: toIso(top.date) }),
      },
    ];
  });
}

function withoutHash(peer: Peer): Chat {
  const { id, kind, title, username, participantsCount } = peer;
  return { id, kind, title, ...present({ username, participantsCount }) };
}

function topMessage(messages: Api.TypeMessage[], dialog: Api.Dialog): Api.Message | Api.MessageService | undefined {
  const chat = markedId(dialog.peer);
  for (const message of messages) {
    if (message.className === "MessageEmpty" || message.id !== dialog.topMessage) continue;
    if (markedId(message.peerId) === chat) return message;
  }
  return undefined;
}

/** The next page begins after the last dialog whose newest message is known. */
function offsetAfter(telegram: Telegram, { dialogs, messages }: Answer): Offset | undefined {
  for (const dialog of [...dialogs].reverse()) {
    if (dialog.className !== "Dialog") continue;
    const top = topMessage(messages, dialog);
    const peer = telegram.peers.known(markedId(dialog.peer));
    if (top === undefined || peer === undefined) continue;
    return { offsetDate: top.date, offsetId: top.id, offsetPeer: inputPeer(telegram, peer) };
  }
  return undefined;
}
