import { userPeer } from "./peer.js";
import type { Account } from "./account.js";
import { deliver, type Delivery } from "./deliver.js";
import { tellAll, tellDeliveries } from "./told.js";
import type { World } from "./world.js";

/** The account from which Telegram itself writes to everybody. */
export const SERVICE_USER = 777_000;

export function addServiceUser(world: World): void {
  const firstName = "Telegram";
  world.users.add({ id: SERVICE_USER, firstName, phone: "42777", verified: true, support: true });
}

const WARNING =
  "This code can be used to log in to your Telegram account. We never ask it for anything else.\n\n" +
  "If you didn't request this code by trying to log in on another device, simply ignore this message.";

/** The message that brings a login code. */
export function sendLoginNotice(world: World, accountId: number, code: string, date: number): Delivery[] {
  const head = "Login code:";
  const before = `${head} ${code}. Do `;
  return deliver(
    world,
    { kind: "private", between: [accountId, SERVICE_USER] },
    {
      from: userPeer(SERVICE_USER),
      date,
      text: `${before}not give this code to anyone, even if they say they are from Telegram!\n\n❗️${WARNING}`,
      entities: [
        { _: "messageEntityBold", offset: 0, length: head.length },
        { _: "messageEntityBold", offset: before.length, length: "not".length },
      ],
    },
  );
}

/** Sends a login code to the account's devices. */
export function sendLoginCode(world: World, { id }: Account, code: string, date: number): void {
  tellAll(world, tellDeliveries(world, sendLoginNotice(world, id, code, date)));
}
