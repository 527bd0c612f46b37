import { userPeer } from "../peer.js";
import { deliver } from "../deliver.js";
import { PEOPLE, type Name } from "./people.js";
import { play, type Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";

const CHATS: readonly (readonly [one: Name, other: Name, daysAgo: number, lines: readonly string[]])[] = [
  [
    "mira",
    "tomas",
    2,
    [
      "tomas| Onde estás? The cat has opened the fridge again 🐈",
      "mira| On the pier, home at seven. What did she take?",
      "tomas>1| Butter. All of it. No regrets visible.",
      "mira| [photo] This is what I see",
      "tomas| Show-off 💙",
      "tomas| Can you bring bread? The dark one",
      "mira>1| Yes. And butter, I suppose",
      "tomas| [voice 12]",
      "mira| I laughed so loudly that a gull left",
    ],
  ],
  [
    "mira",
    "liv",
    9,
    [
      "liv| Did you get my drawing?",
      "mira| It hangs above my desk! Jonas thinks it is a map",
      "liv>1| It is a map 😌",
      "mira| Of what?",
      "liv| Of Sunday",
    ],
  ],
  [
    "mira",
    "kenta",
    5,
    [
      "kenta| お疲れ様です。Do you have ten minutes for the battery report?",
      "mira| At three?",
      "kenta| はい、ありがとうございます",
      "kenta| [file battery-report.xlsx 31744]",
      "mira>1| The winter curve looks better than I feared",
      "kenta| 少し楽観的です。I used the warm week",
    ],
  ],
  [
    "mira",
    "priya",
    4,
    [
      "priya| Your slides say “tital”. I like it, but still.",
      "mira| Fixed. Thank you, you are a treasure",
      "priya| A tital treasure",
    ],
  ],
  [
    "mira",
    "tidebot",
    1,
    [
      "mira| /start",
      "tidebot| Which harbour? Send a name, or /help.",
      "mira| Kastanienhafen",
      "tidebot| **Kastanienhafen**, today\nHigh 07:52, 3.1 m\nLow 14:05, 0.6 m\nHigh 20:19, 3.0 m",
    ],
  ],
  [
    "mira",
    "gone",
    200,
    ["gone| Is the bicycle still for sale?", "mira| Yes, come and try it!", "gone| I bought another one, sorry"],
  ],
  [
    "tomas",
    "georgios",
    12,
    ["georgios| Έχεις σκάλα;", "tomas| A ladder? Yes, in the cellar, behind the skis", "georgios| Ευχαριστώ 🙏"],
  ],
  [
    "tomas",
    "ingrid",
    3,
    [
      "ingrid| Tomás, does Mira know about the party?",
      "tomas| Not a thing. The cake is ordered under the name of the cat",
      "ingrid>1| Perfekt 🤫",
    ],
  ],
];

export function addPrivateChats(stage: Stage): void {
  for (const [one, other, daysAgo, lines] of CHATS) {
    const between = [PEOPLE[one].id, PEOPLE[other].id] as const;
    play(stage, { kind: "private", between }, lines, { start: NOW - daysAgo * DAY, gap: HOUR / 4 });
  }
  passOn(stage);
}

/** Tomás shows Mira what somebody wrote who hides his account in forwards. */
function passOn({ world, agenda }: Stage): void {
  const between = [PEOPLE.tomas.id, PEOPLE.mira.id] as const;
  const date = NOW - 3 * HOUR;
  const forward = { name: "Senhor Batista", date: date - DAY };
  const text = "The piano can be collected on Saturday. Bring four strong people and one who can play.";
  agenda.at(date, () =>
    deliver(world, { kind: "private", between }, { from: userPeer(PEOPLE.tomas.id), date, text, forward }),
  );
}
