import { GuardError } from "../../errors.js";
import { dialogPages } from "../../telegram/dialog-pages.js";
import type { Telegram } from "../../telegram/telegram.js";
import type { Door } from "./door.js";

/** @throws GuardError `too_many_groups` unless the account is in that chat already */
export async function assertRoom(
  telegram: Telegram,
  limit: number,
  { peer }: Door,
  signal: AbortSignal,
): Promise<void> {
  let count = 0;
  for await (const { dialogs } of dialogPages(telegram, { signal })) {
    if (dialogs.some(({ id }) => id === peer?.id)) return;
    count += dialogs.filter(({ kind }) => kind !== "user").length;
  }
  if (count < limit) return;
  throw new GuardError("too_many_groups", `This account is in ${count} groups and channels; ${limit} are allowed.`, {
    details: { limit, count },
    nextStep: "Leave some first. A higher limit is a risk that the account carries.",
  });
}
