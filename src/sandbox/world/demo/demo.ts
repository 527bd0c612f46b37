import { addServiceUser, sendLoginNotice } from "../service-chat.js";
import { peerKey, userPeer } from "../peer.js";
import type { World } from "../world.js";
import { Agenda } from "./agenda.js";
import { addCouncil } from "./council.js";
import { addElsewhere } from "./elsewhere.js";
import { addForum } from "./forum.js";
import { addGazette } from "./gazette.js";
import { addHome, addSavedMessages } from "./home.js";
import { PEOPLE } from "./people.js";
import { addPodcast } from "./podcast.js";
import { addPrivateChats } from "./private-chats.js";
import { DAY, NOW } from "./time.js";
import { addWild } from "./wild.js";
import { addWork } from "./work.js";

const CODE = "22222";

/** A small harbour town: Mira, who works on buoys, and Tomás, who lives with her and has two-step verification on. */
export function populateDemo(world: World): void {
  const { mira, tomas, ...others } = PEOPLE;
  addServiceUser(world);
  world.addAccount(mira, { code: CODE, email: "mira@tidewater.example" });
  world.addAccount(tomas, {
    code: CODE,
    password: "lighthouse",
    hint: "Where we met",
    email: "tomas@quayside.example",
  });
  for (const person of Object.values(others)) world.users.add(person);
  sendLoginNotice(world, mira.id, "12345", NOW - 40 * DAY);
  sendLoginNotice(world, mira.id, CODE, NOW - 25 * DAY);
  sendLoginNotice(world, tomas.id, CODE, NOW - 24 * DAY);
  const agenda = new Agenda();
  const stage = { world, agenda };
  const work = addWork(stage);
  const gazette = addGazette(world);
  addHome(stage);
  addPrivateChats(stage);
  addSavedMessages(stage, gazette);
  addElsewhere(world);
  addForum(stage);
  addPodcast(stage);
  addCouncil(stage);
  addWild(stage);
  agenda.run();
  addContacts(world);
  markRead(world);
  arrange(world, work.id);
}

function addContacts(world: World): void {
  const { mira, tomas, liv, ingrid, einar, jonas, kenta, georgios } = PEOPLE;
  for (const { id } of [tomas, liv, ingrid, einar, jonas, kenta]) world.mailbox(mira.id)?.contacts.add(id);
  for (const { id } of [mira, ingrid, georgios]) world.mailbox(tomas.id)?.contacts.add(id);
}

/** Nearly everything has been read: a few messages wait in the busiest places. */
function markRead(world: World): void {
  for (const mailbox of world.mailboxes()) {
    for (const dialog of mailbox.dialogs.values()) dialog.settle(dialog.peer.kind === "channel" ? 3 : 0);
  }
}

/** Mira keeps work and Tomás on top, has muted the newspaper and put an old chat away. */
function arrange(world: World, workId: number): void {
  const dialogs = world.mailbox(PEOPLE.mira.id)?.dialogs;
  const tomas = dialogs?.get(peerKey(userPeer(PEOPLE.tomas.id)));
  const work = dialogs?.get(`channel:${workId}`);
  const old = dialogs?.get(peerKey(userPeer(PEOPLE.gone.id)));
  if (tomas) tomas.pinned = 1;
  if (work) work.pinned = 2;
  if (old) old.folder = 1;
}
