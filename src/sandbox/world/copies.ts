import type { Dialog, Mailbox } from "./mailbox.js";
import type { Message } from "./message.js";
import type { World } from "./world.js";

/** One account's copy of a message of a private chat or basic group. */
export interface Copy {
  readonly viewer: Mailbox;
  readonly dialog: Dialog;
  readonly message: Message;
}

/** Every account's copy of one message. */
export function copiesOf(world: World, { origin }: Message): Copy[] {
  return world.mailboxes().flatMap((viewer) => {
    const found = viewer.find(viewer.idOf(origin) ?? 0);
    return found ? [{ viewer, ...found }] : [];
  });
}
