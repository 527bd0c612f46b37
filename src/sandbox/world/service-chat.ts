import { userPeer } from "./peer.js";
import { deliver } from "./deliver.js";
import type { World } from "./world.js";

/** The account from which Telegram itself writes to everybody. */
export const SERVICE_USER = 777_000;

export function addServiceUser(world: World): void {
  const firstName = "Telegram";
  world.users.add({ id: SERVICE_USER, firstName, phone: "42777", verified: true, support: true });
}

/** The message that brings a login code. */
export function sendLoginNotice(world: World, accountId: number, code: string, date: number): void {
  const offset = "Login code: ".length;
  deliver(
    world,
    { kind: "private", between: [accountId, SERVICE_USER] },
    {
      from: userPeer(SERVICE_USER),
      date,
      text: `Login code: ${code}. Keep this code to yourself: nobody from Telegram will ever ask for it.\n\nYou did not try to log in? Then you can ignore this message.`,
      entities: [{ _: "messageEntityBold", offset, length: code.length }],
    },
  );
}
