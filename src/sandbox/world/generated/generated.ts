import { deliver } from "../deliver.js";
import { userPeer } from "../peer.js";
import { addServiceUser, sendLoginNotice } from "../service-chat.js";
import type { World } from "../world.js";
import { GeneratedHistory } from "./generated-history.js";
import { GeneratedMembers } from "./members.js";
import { Talk } from "./messages.js";
import { People } from "./people.js";
import { sentence } from "./talk.js";

/** How large the supergroup `@generated` is. */
export interface GeneratedSize {
  /** How many messages it has, one a minute. */
  readonly messages: number;
  /** How many members it has; the account that can log in is one of them. */
  readonly participants: number;
  /** The same one makes the same world. @defaultValue 1 */
  readonly seed?: number;
}

const ACCOUNT_ID = 6_000_000_001;
const GROUP_ID = 1_800_000_001;
const CODE = "22222";
/** When the last generated message was written. */
const END = Date.UTC(2025, 5, 16, 9) / 1000;
const MINUTE = 60;
const DAY = 86_400;

/** A group of any size, made on demand from a seed, and a few small chats around it. */
export function populateGenerated(world: World, { messages, participants, seed = 1 }: GeneratedSize): void {
  checkSizes(messages, participants);
  const begin = END - messages * MINUTE - DAY;
  // Somebody has to write, even where the account is the only member.
  const people = new People(seed, Math.max(1, participants - 1));
  world.users.addSource(people);
  const account = world.addAccount(
    { id: ACCOUNT_ID, firstName: "Robin", lastName: "Reader", username: "robin_reader", phone: "9996621001" },
    { code: CODE },
  );
  const members = new GeneratedMembers(people, begin, END - begin);
  if (participants < 2) members.remove(people.idOf(0));
  members.add({ userId: account.id, role: "member", since: begin + MINUTE, invitedBy: people.idOf(0) });
  const talk = new Talk(people, seed, END, MINUTE, messages);
  world.files.addSource((id) => talk.file(id));
  const history = new GeneratedHistory(messages, (id) => talk.message(id));
  const kind = "supergroup";
  const setup = {
    id: GROUP_ID,
    kind,
    title: "Generated",
    username: "generated",
    date: begin,
    members,
    history,
  } as const;
  world.addChannel(setup);
  surround(world, people, seed);
  for (const dialog of world.mailboxOf(account).dialogs.values()) {
    dialog.settle();
  }
}

function checkSizes(messages: number, participants: number): void {
  if (!Number.isSafeInteger(messages) || messages < 0) throw new RangeError("messages must be a whole number from 0");
  if (!Number.isSafeInteger(participants) || participants < 1) {
    throw new RangeError("participants must be a whole number from 1");
  }
}

/** Private chats with the first three people, notes to self and the code from Telegram. */
function surround(world: World, people: People, seed: number): void {
  addServiceUser(world);
  sendLoginNotice(world, ACCOUNT_ID, CODE, END - DAY);
  for (let number = 0; number < Math.min(3, people.count); number++) {
    const other = people.idOf(number);
    for (let line = 0; line < 10; line++) {
      const from = userPeer(line % 2 === 0 ? other : ACCOUNT_ID);
      const date = END - DAY + number * 1000 + line * MINUTE;
      const text = sentence(seed + 1 + number, line);
      deliver(world, { kind: "private", between: [ACCOUNT_ID, other] }, { from, date, text });
    }
  }
  const note = { from: userPeer(ACCOUNT_ID), date: END - MINUTE, text: "Return the library books 📚" };
  deliver(world, { kind: "private", between: [ACCOUNT_ID, ACCOUNT_ID] }, note);
}
