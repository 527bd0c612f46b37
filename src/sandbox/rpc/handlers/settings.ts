import type * as Tl from "../../tl/types.js";
import { fromPlace, type History } from "../../world/history.js";
import type { Dialog } from "../../world/mailbox.js";

const FOREVER = 0x7fffffff;

export function notifySettings(dialog: Dialog | undefined): Tl.peerNotifySettings {
  return { _: "peerNotifySettings", mute_until: dialog?.muted ? FOREVER : undefined, ...dialog?.notify };
}

/** The newest pinned message of a private chat or basic group. Channels keep a list of theirs. */
export function pinnedIn(history: History): number | undefined {
  for (const message of fromPlace(history)) if (message.pinned) return message.id;
  return undefined;
}
