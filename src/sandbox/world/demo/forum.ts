import type { Channel } from "../chat.js";
import { deliver } from "../deliver.js";
import { Forum, GENERAL, TOPIC_COLOUR, type Topic } from "../forum.js";
import { StoredMembers, type Member } from "../members.js";
import { userPeer } from "../peer.js";
import { StoredHistory } from "../stored-history.js";
import { PEOPLE, type Name } from "./people.js";
import { play, type Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";

const BEGIN = NOW - 21 * DAY;

const GENERAL_LINES = [
  "georgios| Γεια σας! Everything that fits nowhere else goes here",
  "mira>1| Including questions about where things fit?",
  "liv| Especially those",
  "tomas| Is the ladder still with somebody?",
] as const;

/** What is talked about where, and who opened it when. */
const TOPICS: readonly (readonly [
  title: string,
  by: Name,
  look: Pick<Topic, "iconColor" | "closed" | "pinned">,
  lines: readonly string[],
])[] = [
  [
    "Boats & moorings ⛵",
    "mira",
    { iconColor: 0xffd67e, pinned: true },
    [
      "mira| **Berths 4 to 9** are free until Saturday",
      "georgios| Can I have 7? I get seasick at the even ones",
      "mira>1| Seven is yours",
      "fatima| [photo] This one has been in berth 5 since the flood",
      "georgios>1| That is art now",
      "liv| I painted it, so yes",
    ],
  ],
  [
    "Lost & found",
    "fatima",
    { iconColor: TOPIC_COLOUR },
    [
      "fatima| One glove, left, green, smells of herring",
      "tomas| Mine! The right one misses it",
      "fatima>1| Come by after six",
      "liv| [file found-in-may.pdf 20480] The list of May",
    ],
  ],
  [
    "Regatta 2024",
    "georgios",
    { iconColor: 0xfb6f5f, closed: true },
    [
      "georgios| Start at ten, whatever the fog says",
      "mira| The fog said eleven",
      "georgios>1| Closed until next year 🏁",
    ],
  ],
];

/** A forum with a pinned topic, a closed one, and the one that every forum has. */
export function addForum(stage: Stage): void {
  const forum = new Forum();
  const channel = stage.world.addChannel({
    id: 1_650_200_020,
    kind: "supergroup",
    title: "Quayside Forum",
    username: "quayside_forum",
    about: "One topic for each thing",
    date: BEGIN,
    forum,
    history: new StoredHistory(),
    members: new StoredMembers(members()),
  });
  stage.agenda.at(BEGIN, () => {
    found(stage, channel);
    forum.set({ id: GENERAL, title: "General", by: PEOPLE.georgios.id, date: BEGIN, iconColor: TOPIC_COLOUR });
  });
  play(stage, channel, GENERAL_LINES, { start: BEGIN + DAY, gap: 6 * HOUR });
  TOPICS.forEach(([title, by, look, lines], index) => {
    const date = BEGIN + (2 + index) * DAY;
    let id: number | undefined;
    stage.agenda.at(date, () => {
      id = open(stage, channel, title, PEOPLE[by].id, look.iconColor, date);
      forum.set({ id, title, by: PEOPLE[by].id, date, ...look });
    });
    play(stage, channel, lines, { start: date + HOUR, gap: 20 * HOUR, topic: () => id });
  });
}

function members(): Member[] {
  const { georgios, mira, tomas, liv, fatima, tidebot } = PEOPLE;
  const rights = ["delete_messages", "pin_messages", "manage_topics"] as const;
  return [
    { userId: georgios.id, role: "creator", since: BEGIN, rank: "Harbour master" },
    { userId: mira.id, role: "admin", since: BEGIN, invitedBy: georgios.id, rights },
    ...[tomas, liv, fatima, tidebot].map(({ id }) => ({
      userId: id,
      role: "member" as const,
      since: BEGIN + DAY,
      invitedBy: georgios.id,
    })),
  ];
}

function found({ world }: Stage, channel: Channel): void {
  const action = { _: "messageActionChannelCreate", title: channel.title } as const;
  deliver(world, channel, { date: BEGIN, from: userPeer(PEOPLE.georgios.id), text: "", action });
}

function open({ world }: Stage, channel: Channel, title: string, by: number, iconColor: number, date: number): number {
  const action = { _: "messageActionTopicCreate", title, icon_color: iconColor } as const;
  deliver(world, channel, { date, from: userPeer(by), text: "", action });
  return channel.history.highestId;
}
