import type * as Tl from "../../tl/types.js";
import type { Dialog } from "../../world/mailbox.js";
import { peerKey, tlPeer } from "../../world/peer.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { mailboxOf, peerOf, targetOf } from "./resolve.js";
import { notifySettings } from "./settings.js";

/** Without Premium no more chats can be pinned in one list. */
const MOST_PINNED = 5;
const MOST_PINNED_WITH_PREMIUM = 10;
const ARCHIVE = 1;

function dialogAt(context: RequestContext, input: Tl.TypeInputPeer): Dialog {
  const dialog = mailboxOf(context).dialogs.get(peerKey(peerOf(targetOf(context, input))));
  if (!dialog) throw refuse("PEER_ID_INVALID");
  return dialog;
}

function chosen(context: RequestContext, input: Tl.TypeInputDialogPeer): Dialog {
  if (input._ !== "inputDialogPeer") throw notServed();
  return dialogAt(context, input.peer);
}

/** The account's other sessions hear of it. */
function tellOthers(context: RequestContext, dialog: Dialog | undefined, update: Tl.TypeUpdate): void {
  const cast = new Cast(context.world, mailboxOf(context)).add(dialog?.peer);
  context.push(context.account, updatesOf(cast, [update]));
}

const dialogPeer = ({ peer }: Dialog): Tl.dialogPeer => ({ _: "dialogPeer", peer: tlPeer(peer) });

function pinnedIn(context: RequestContext, folder: number): Dialog[] {
  const all = [...mailboxOf(context).dialogs.values()];
  return all.filter((one) => one.pinned > 0 && one.folder === folder).sort((a, b) => a.pinned - b.pinned);
}

function renumber(dialogs: readonly Dialog[]): void {
  dialogs.forEach((dialog, place) => {
    dialog.pinned = place + 1;
  });
}

/** @throws PINNED_DIALOGS_TOO_MUCH */
function pin(context: RequestContext, dialog: Dialog, pinned: boolean): void {
  const others = pinnedIn(context, dialog.folder).filter((one) => one !== dialog);
  const { premium } = context.world.users.get(context.account.id) ?? {};
  if (pinned && others.length >= (premium ? MOST_PINNED_WITH_PREMIUM : MOST_PINNED)) {
    throw refuse("PINNED_DIALOGS_TOO_MUCH");
  }
  dialog.pinned = 0;
  renumber(pinned ? [dialog, ...others] : others);
}

const until = ({ now }: RequestContext, date: number | undefined): boolean => (date ?? 0) > now / 1000;

/** How an account orders its list of chats, and what it wants to hear of. */
export const dialogSettings = {
  "messages.toggleDialogPin": ({ peer, pinned = false }, context) => {
    const dialog = chosen(context, peer);
    pin(context, dialog, pinned);
    const folder_id = dialog.folder === 0 ? undefined : dialog.folder;
    tellOthers(context, dialog, {
      _: "updateDialogPinned",
      pinned: pinned || undefined,
      folder_id,
      peer: dialogPeer(dialog),
    });
    return true;
  },
  "messages.reorderPinnedDialogs": ({ folder_id, order, force }, context) => {
    const wanted = order.map((one) => chosen(context, one)).filter(({ folder }) => folder === folder_id);
    const before = pinnedIn(context, folder_id).filter((one) => !wanted.includes(one));
    for (const dialog of before) dialog.pinned = 0;
    renumber(force ? wanted : [...wanted, ...before]);
    tellOthers(context, undefined, {
      _: "updatePinnedDialogs",
      folder_id: folder_id === 0 ? undefined : folder_id,
      order: pinnedIn(context, folder_id).map(dialogPeer),
    });
    return true;
  },
  "messages.markDialogUnread": ({ peer, unread = false }, context) => {
    const dialog = chosen(context, peer);
    dialog.unreadMark = unread;
    const update = { _: "updateDialogUnreadMark", unread: unread || undefined, peer: dialogPeer(dialog) } as const;
    tellOthers(context, dialog, update);
    return true;
  },
  "messages.getDialogUnreadMarks": (_, context) =>
    [...mailboxOf(context).dialogs.values()].filter(({ unreadMark }) => unreadMark).map(dialogPeer),
  "folders.editPeerFolders": ({ folder_peers }, context) => {
    const mailbox = mailboxOf(context);
    const cast = new Cast(context.world, mailbox);
    const moved = folder_peers.map(({ peer, folder_id }): Tl.folderPeer => {
      if (folder_id !== 0 && folder_id !== ARCHIVE) throw refuse("FOLDER_ID_INVALID");
      const dialog = dialogAt(context, peer);
      dialog.folder = folder_id;
      dialog.pinned = 0;
      cast.add(dialog.peer);
      return { _: "folderPeer", peer: tlPeer(dialog.peer), folder_id };
    });
    const { pts } = mailbox.journal;
    const updates = updatesOf(cast, [{ _: "updateFolderPeers", folder_peers: moved, pts, pts_count: 0 }]);
    context.push(context.account, updates);
    return updates;
  },
  "account.updateNotifySettings": ({ peer, settings }, context) => {
    if (peer._ !== "inputNotifyPeer") return true;
    const dialog = dialogAt(context, peer.peer);
    const { mute_until, show_previews, silent } = settings;
    dialog.muted = until(context, mute_until);
    dialog.notify = { mute_until, show_previews, silent };
    tellOthers(context, dialog, {
      _: "updateNotifySettings",
      peer: { _: "notifyPeer", peer: tlPeer(dialog.peer) },
      notify_settings: notifySettings(dialog),
    });
    return true;
  },
  "account.getNotifySettings": ({ peer }, context) =>
    notifySettings(peer._ === "inputNotifyPeer" ? dialogAt(context, peer.peer) : undefined),
  "account.resetNotifySettings": (_, context) => {
    for (const dialog of mailboxOf(context).dialogs.values()) {
      dialog.muted = false;
      dialog.notify = {};
    }
    return true;
  },
} satisfies Handlers;
