import { deliver } from "../deliver.js";
import { StoredMembers } from "../members.js";
import { StoredHistory } from "../stored-history.js";
import type { World } from "../world.js";
import { readMarkup } from "./markup.js";
import { PEOPLE } from "./people.js";
import { DAY, NOW } from "./time.js";

/** Chats in which neither account is: one open to readers, one that has banned Mira, one that is private. */
export function addElsewhere(world: World): void {
  const date = NOW - 90 * DAY;
  const shared = { date, kind: "channel" } as const;
  const members = () => new StoredMembers([{ userId: PEOPLE.editor.id, role: "creator", since: date }]);
  const history = () => new StoredHistory();
  const trains = { ...shared, id: 1_650_200_010, title: "Night Trains 🚂", username: "night_trains_eu" };
  const market = { ...shared, id: 1_650_200_011, title: "Old Town Market", username: "old_town_market" };
  const board = { ...shared, id: 1_650_200_012, title: "Board & Budget" };
  const open = world.addChannel({ ...trains, members: members(), history: history() });
  const decision = { denied: ["view_messages"], by: PEOPLE.editor.id, date: date + DAY } as const;
  const banned = new Map([[PEOPLE.mira.id, decision]]);
  const banning = world.addChannel({ ...market, members: members(), history: history(), banned });
  const hidden = world.addChannel({ ...board, members: members(), history: history() });
  for (const [channel, text] of [
    [open, "**New:** a sleeper from the coast to the mountains, three times a week. Breakfast included."],
    [open, "The 22:14 has its dining car back. The chef asks for patience and an appetite."],
    [banning, "Stalls 12 to 18 move to the church square this month."],
    [hidden, "Draft budget, second reading. Please do not pass on."],
  ] as const) {
    const at = date + channel.history.count * DAY;
    deliver(world, channel, { date: at, ...readMarkup(text), reach: { views: 340, forwards: 4 } });
  }
}
