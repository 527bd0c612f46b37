import type { Channel } from "../chat.js";
import { deliver } from "../deliver.js";
import { GENERAL, TOPIC_COLOUR, type Forum } from "../forum.js";
import { userPeer } from "../peer.js";
import { wrong } from "./fault.js";
import { given, type Making } from "./making.js";
import { planMessages } from "./messages.js";
import { personOf } from "./people.js";
import type { SupergroupPlan } from "./schema.js";

export function addTopics(
  { world, agenda }: Making,
  path: string,
  channel: Channel,
  forum: Forum,
  topics: NonNullable<SupergroupPlan["topics"]>,
  date: number,
): void {
  const owner = channel.members.managers()[0]?.userId;
  agenda.at(date, () => {
    forum.set({ id: GENERAL, title: "General", by: owner ?? 0, date, iconColor: TOPIC_COLOUR });
  });
  topics.forEach(({ title, by, closed, pinned, messages }, place) => {
    const opener = by === undefined ? owner : personOf(world, by);
    if (opener === undefined) throw wrong(`the topic ${JSON.stringify(title)} must say who opened it: by`);
    const begins = date + 1 + place;
    let id: number | undefined;
    agenda.at(begins, () => {
      const action = { _: "messageActionTopicCreate", title, icon_color: TOPIC_COLOUR } as const;
      deliver(world, channel, { date: begins, from: userPeer(opener), text: "", action });
      id = channel.history.highestId;
      forum.set({ id, title, by: opener, date: begins, iconColor: TOPIC_COLOUR, ...given({ closed, pinned }) });
    });
    planMessages({ world, agenda, path: `${path}.topics[${place}]`, to: channel, begins, topic: () => id }, messages);
  });
}
