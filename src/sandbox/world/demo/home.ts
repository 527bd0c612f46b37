import type { Channel } from "../chat.js";
import { deliver } from "../deliver.js";
import { StoredMembers } from "../members.js";
import { channelPeer, userPeer } from "../peer.js";
import { PEOPLE, type Name } from "./people.js";
import { play, type Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";

const FAMILY = [
  "ingrid| God morgen, alle sammen ☀️ Who comes to dinner on Sunday?",
  "liv| Me! And I bring rhubarb 🌱",
  "tomas| We come, both. Shall I make the bacalhau?",
  "ingrid>1| Please do. Papa has talked of nothing else since Easter",
  "einar| I have mentioned it. Once or twice.",
  "mira| I will be late, buoy 6 comes in on Friday and the paperwork is mine",
  "ingrid>1| We wait for you. The potatoes do not.",
  "liv| [photo] Look what is growing on my balcony",
  "mira>1| Is that the courgette you gave up on?",
  "liv| It did not give up on me 🥹",
  "einar| [photo] The boat is in the water",
  "tomas| Beautiful! Does it still leak?",
  "einar>1| Less than last year, more than the year before",
  "ingrid| Do not take him seriously, he was out all night listening to the pump",
  "mira| [voice 9]",
  "ingrid>1| I cannot play this on the tram, write it to me dear",
  "mira| I said: I bring the good coffee ☕",
] as const;

const NEIGHBOURS = [
  "wilma!| **Bins:** paper on Monday, glass on Thursday. Nobody puts pizza boxes into the glass. __Nobody.__",
  "georgios| Καλημέρα! The bicycle pump from the cellar is with me, ring twice",
  "mira| Thank you, I will ring twice",
  "fatima| I baked too much again. Third floor left, first come, first served 🥐",
  "georgios>1| Έρχομαι!",
  "wilma| Are there any left?",
  "fatima>1| One, with your name on it",
  "mira| The lift says “maintenance” in four languages. Does it work in any of them?",
  "georgios| It works down",
  "wilma| [file house-rules.pdf 66150] The rules, as asked. Page 2 is about drums.",
  "fatima| Summer party on the 28th in the yard: who brings a table?",
  "mira>1| I have one, and two benches from work",
] as const;

/** A basic group, in which every account has its own copies. */
function addGroup(
  stage: Stage,
  id: number,
  title: string,
  creator: Name,
  others: readonly Name[],
  lines: readonly string[],
): void {
  const date = NOW - 30 * DAY;
  const by = PEOPLE[creator].id;
  const members = new StoredMembers([
    { userId: by, role: "creator", since: date },
    ...others.map((name) => ({ userId: PEOPLE[name].id, role: "member" as const, since: date, invitedBy: by })),
  ]);
  const group = stage.world.addGroup({ id, title, date, members });
  const users = others.map((name) => BigInt(PEOPLE[name].id));
  stage.agenda.at(date, () =>
    deliver(stage.world, group, {
      date,
      from: userPeer(by),
      text: "",
      action: { _: "messageActionChatCreate", title, users },
    }),
  );
  play(stage, group, lines, { start: NOW - 6 * DAY, gap: 8 * HOUR });
}

export function addHome(stage: Stage): void {
  addGroup(stage, 4_210_300, "Family 🏡", "ingrid", ["mira", "tomas", "liv", "einar"], FAMILY);
  addGroup(stage, 4_210_301, "Kastanienhof neighbours 🌳", "wilma", ["mira", "georgios", "fatima"], NEIGHBOURS);
}

/** Notes to self, some forwarded from the newspaper. */
export function addSavedMessages(stage: Stage, gazette: Channel): void {
  const self: readonly [number, number] = [PEOPLE.mira.id, PEOPLE.mira.id];
  const to = { kind: "private", between: self } as const;
  play(
    stage,
    to,
    [
      "mira| Library card: 0042 1187",
      "mira| Present for Liv: a **good** brush, squirrel hair, number 8",
      "mira| [file lease-kastanienhof.pdf 210400]",
      "mira| [photo] Where I parked",
      "mira| https://tidewater.example/logbook/2025",
    ],
    { start: NOW - 20 * DAY, gap: 3 * DAY },
  );
  stage.agenda.at(NOW - DAY, () => {
    const post = gazette.history.byId(3);
    if (!post) return;
    const { text, entities, date } = post;
    const forward = { from: channelPeer(gazette.id), date, post: post.id };
    deliver(stage.world, to, { date: NOW - DAY, from: userPeer(PEOPLE.mira.id), text, entities, forward });
  });
}
