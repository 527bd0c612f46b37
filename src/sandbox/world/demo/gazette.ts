import type { Channel } from "../chat.js";
import { deliver } from "../deliver.js";
import { roll } from "../dice.js";
import { StoredMembers } from "../members.js";
import { picture } from "../picture.js";
import { StoredHistory } from "../stored-history.js";
import type { World } from "../world.js";
import { readMarkup } from "./markup.js";
import { PEOPLE } from "./people.js";
import { DAY, HOUR, NOW } from "./time.js";

const POSTS = [
  "**Good morning, harbour!** High water at 07:52, wind from the west, and the bakery on Quay 3 has cardamom buns again.",
  "The old crane is being painted. The council let the children choose the colour. It will be __yellow with dots__.",
  "📣 The Sunday ferry to the islands runs every hour from this week on. [Timetable](https://gazette.example/ferry)",
  "A seal has moved into the marina and sleeps on pontoon C. Please keep ten metres away, however much it smiles.",
  "The library boat is back from the yard. First stop: north steps, Tuesday at four. #library",
  "Road works on Rope Street until the 20th. Cyclists are sent past the chocolate factory and have not complained.",
  "**Result:** the rowing club won the spring race by half a length, the fire brigade came second and kept dry.",
  "Lost: one grey parrot, answers to Admiral. Knows the tide tables by heart. Write to @ruth_okafor.",
  "The parrot has been found. He was at the harbour office, correcting people.",
  "Weather: fog until noon. The lighthouse keeper asks not to be thanked, it is his job.",
  "The school's tide experiment was on the radio. Well done, class 3b! https://gazette.example/tides",
  "Market day: first strawberries, last asparagus, and a man who sharpens knives while you wait.",
] as const;
const COUNT = 60;

/** A local newspaper's channel, a post a day or so. */
export function addGazette(world: World): Channel {
  const begin = NOW - COUNT * DAY;
  const readers = [PEOPLE.mira, PEOPLE.tomas, PEOPLE.liv, PEOPLE.wilma, PEOPLE.georgios];
  const channel = world.addChannel({
    id: 1_650_200_002,
    kind: "channel",
    title: "Harbour Gazette 📰",
    username: "harbour_gazette",
    about: "News from between the two piers",
    verified: true,
    date: begin,
    history: new StoredHistory(),
    members: new StoredMembers([
      { userId: PEOPLE.editor.id, role: "creator", since: begin },
      ...readers.map(({ id }) => ({ userId: id, role: "member" as const, since: begin + DAY })),
    ]),
  });
  for (let day = 0; day < COUNT; day++) post(world, channel, day, begin + day * DAY + 6 * HOUR);
  return channel;
}

function post(world: World, channel: Channel, day: number, date: number): void {
  const age = COUNT - day;
  const views = 1_800 + (roll(day, 1) % 900) + age * 12;
  const media = day % 7 === 3 ? world.files.add(picture(world.files.nextId(), date, day)) : undefined;
  const text = readMarkup(POSTS[day % POSTS.length] ?? "");
  const editDate = day % 11 === 5 ? date + 20 * 60 : undefined;
  deliver(world, channel, { date, ...text, media, editDate, reach: { views, forwards: roll(day, 2) % 60 } });
}
