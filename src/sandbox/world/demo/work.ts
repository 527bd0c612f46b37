import type { Channel } from "../chat.js";
import { roll } from "../dice.js";
import { StoredMembers } from "../members.js";
import { StoredHistory } from "../stored-history.js";
import { PEOPLE, type Name } from "./people.js";
import { play, type Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";
import { SCENES, STANDUPS } from "./work-scenes.js";

const MESSAGES = 420;
const TEAM = ["mira", "jonas", "kenta", "aigerim", "yusuf", "priya", "olek", "tomas", "buildbot"] as const;
const ROLES: Partial<Record<Name, "creator" | "admin">> = { mira: "creator", jonas: "admin" };

/** A work group of some months: a build notice and a round of answers each working day, and now and then a conversation. */
export function addWork(stage: Stage): Channel {
  const days = workdays();
  const begin = days[0] ?? NOW;
  const members = new StoredMembers(
    TEAM.map((name) => ({
      userId: PEOPLE[name].id,
      role: ROLES[name] ?? "member",
      since: begin,
      invitedBy: PEOPLE.mira.id,
    })),
  );
  const channel = stage.world.addChannel({
    id: 1_650_200_001,
    kind: "supergroup",
    title: "Tidewater Lab",
    username: "tidewater_lab",
    about: "Buoys that measure the harbour. Logbook: https://tidewater.example",
    date: begin,
    members,
    history: new StoredHistory(),
  });
  let room = MESSAGES;
  days.forEach((start, day) => {
    const early = morning(day).slice(0, room);
    const late = sceneOf(day).slice(0, room - early.length);
    play(stage, channel, early, { start, gap: 600 });
    play(stage, channel, late, { start: start + 4 * HOUR, gap: 240 });
    room -= early.length + late.length;
  });
  return channel;
}

const sceneOf = (day: number): readonly string[] => (day % 4 === 0 ? (SCENES[day / 4] ?? []) : []);

/** The beginnings of as many working days as it takes, the last one before the present. */
function workdays(): number[] {
  let count = 0;
  for (let said = 0; said < MESSAGES; count++) said += morning(count).length + sceneOf(count).length;
  const days: number[] = [];
  for (let date = NOW - 2 * HOUR - DAY; days.length < count; date -= DAY) {
    if (![0, 6].includes(new Date(date * 1000).getUTCDay())) days.unshift(date);
  }
  return days;
}

function morning(day: number): string[] {
  const seconds = 60 + (roll(day, 9) % 90);
  const failed = roll(day, 10) % 9 === 0;
  const build = failed
    ? `buildbot| Build **#${1200 + day}** failed after ${seconds} s in \`tests/tides\`. Last change by @olek_shevchuk.`
    : `buildbot| Build **#${1200 + day}** passed in ${seconds} s.`;
  const names = (["jonas", "kenta", "aigerim", "yusuf", "priya", "olek"] as const).filter(
    (_, n) => roll(day, n) % 3 > 0,
  );
  const answers = names.map((name) => `${name}| ${STANDUPS[name][roll(day, name.length, 3) % 5] ?? ""}`);
  return [build, ...answers];
}
