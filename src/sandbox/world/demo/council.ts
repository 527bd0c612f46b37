import type { ChannelSetup } from "../chat.js";
import { deliver } from "../deliver.js";
import { StoredMembers, type Member, type Restriction } from "../members.js";
import { StoredHistory } from "../stored-history.js";
import { PEOPLE, type Name } from "./people.js";
import { play, type Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";

const BEGIN = NOW - 14 * DAY;
/** After any day on which somebody may start the sandbox: what lapses is no longer shown. */
const MUCH_LATER = Date.UTC(2037, 0, 1) / 1000;

const plain = (...names: readonly Name[]): Member[] =>
  names.map((name) => ({ userId: PEOPLE[name].id, role: "member", since: BEGIN, invitedBy: PEOPLE.editor.id }));

const decided = (denied: Restriction["denied"], until?: number): Restriction => ({
  denied,
  by: PEOPLE.wilma.id,
  date: BEGIN + 2 * DAY,
  until,
});

/** Groups in which not everybody may do everything. */
export function addCouncil(stage: Stage): void {
  addCouncilItself(stage);
  addQuietQuay(stage);
  addNightWatch(stage);
}

function group(stage: Stage, setup: Omit<ChannelSetup, "kind" | "date" | "history">, lines: readonly string[]): void {
  const channel = stage.world.addChannel({ ...setup, kind: "supergroup", date: BEGIN, history: new StoredHistory() });
  const action = { _: "messageActionChannelCreate", title: setup.title } as const;
  const from = { kind: "user", id: PEOPLE.editor.id } as const;
  stage.agenda.at(BEGIN, () => deliver(stage.world, channel, { date: BEGIN, from, text: "", action }));
  play(stage, channel, lines, { start: BEGIN + DAY, gap: 12 * HOUR });
}

/** Admins with titles and rights of their own, bots, somebody muted, some thrown out. */
function addCouncilItself(stage: Stage): void {
  const { editor, wilma, jonas, mira, tomas, olek, gone, kenta } = PEOPLE;
  const admin = { role: "admin", since: BEGIN, invitedBy: editor.id } as const;
  const members = new StoredMembers([
    { userId: editor.id, role: "creator", since: BEGIN, rank: "Chair" },
    { ...admin, userId: wilma.id, rank: "Keeper of keys 🗝", rights: ["delete_messages", "ban_users"] },
    { ...admin, userId: jonas.id, rights: ["pin_messages", "invite_users"] },
    { ...admin, userId: mira.id, rank: "Buoys", rights: ["delete_messages", "pin_messages", "manage_call"] },
    ...plain("liv", "georgios", "tidebot", "buildbot"),
    { userId: tomas.id, role: "member", since: BEGIN, restriction: decided(["send_messages", "send_media"]) },
    { userId: olek.id, role: "member", since: BEGIN, restriction: decided(["send_media"], MUCH_LATER) },
  ]);
  const out = decided(["view_messages", "send_messages"]);
  const banned = new Map([gone, kenta].map(({ id }) => [id, out]));
  const denied = ["send_stickers", "send_gifs", "invite_users"] as const;
  const name = { id: 1_650_200_023, title: "Harbour Council", username: "harbour_council" };
  group(stage, { ...name, members, banned, denied }, [
    "editor!| Agenda: the crane, the parrot, any other business",
    "wilma| The keys are where they always are",
    "mira| Which is?",
    "wilma>1| Where they always are.",
  ]);
}

/** Only admins write. */
function addQuietQuay(stage: Stage): void {
  const members = new StoredMembers([
    { userId: PEOPLE.editor.id, role: "creator", since: BEGIN },
    ...plain("mira", "liv"),
  ]);
  const denied = ["send_messages", "send_media", "send_plain", "send_polls"] as const;
  const name = { id: 1_650_200_024, title: "Quiet Quay", username: "quiet_quay" };
  group(stage, { ...name, members, denied }, ["editor| Dredging from six to eight.", "editor| Dredging is over."]);
}

/** Who else is in it is hidden from the members. */
function addNightWatch(stage: Stage): void {
  const members = new StoredMembers([
    { userId: PEOPLE.editor.id, role: "creator", since: BEGIN },
    ...plain("mira", "einar", "yusuf", "priya", "tidebot"),
  ]);
  const name = { id: 1_650_200_025, title: "Night Watch", username: "night_watch" };
  group(stage, { ...name, members, hidesMembers: true }, [
    "einar| Two o'clock, all quiet",
    "mira| Three o'clock, a heron",
  ]);
}
