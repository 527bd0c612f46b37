import { deliver } from "../deliver.js";
import { StoredMembers } from "../members.js";
import { userPeer } from "../peer.js";
import { StoredHistory } from "../stored-history.js";
import { discussionOf } from "../thread.js";
import { readMarkup } from "./markup.js";
import { PEOPLE, type Name } from "./people.js";
import type { Stage } from "./script.js";
import { DAY, HOUR, NOW } from "./time.js";

const BEGIN = NOW - 30 * DAY;

/** Posts, and what was commented on each; `>1` answers the comment one above. */
type Comment = readonly [who: Name, text: string, back?: number];
const POSTS: readonly (readonly [post: string, comments: readonly Comment[]])[] = [
  ["🎙 **Episode 1:** why the tide is late on Tuesdays", []],
  [
    "🎙 **Episode 2:** an interview with a lighthouse",
    [
      ["mira", "It blinked at all the right moments"],
      ["wilma", "Too short. Lighthouses have more to say"],
      ["editor", "There will be a second part", 1],
      ["mira", "With subtitles, please", 1],
    ],
  ],
  ["🎙 **Episode 3:** fog, a listener's guide", [["wilma", "I heard nothing. Perfect."]]],
];

/** A channel whose posts are discussed in a group of its own. */
export function addPodcast({ world, agenda }: Stage): void {
  const members = () =>
    new StoredMembers([
      { userId: PEOPLE.editor.id, role: "creator", since: BEGIN },
      ...[PEOPLE.mira, PEOPLE.wilma].map(({ id }) => ({ userId: id, role: "member" as const, since: BEGIN })),
    ]);
  const setup = { date: BEGIN, members: members(), history: new StoredHistory() };
  const channel = world.addChannel({
    ...setup,
    id: 1_650_200_021,
    kind: "channel",
    title: "Tide Talk 🎙",
    username: "tide_talk",
  });
  const place = { date: BEGIN, members: members(), history: new StoredHistory() };
  const group = world.addChannel({
    ...place,
    id: 1_650_200_022,
    kind: "supergroup",
    title: "Tide Talk, the talk",
    username: "tide_talk_chat",
  });
  channel.linked = group;
  group.linked = channel;
  POSTS.forEach(([text, comments], index) => {
    const date = BEGIN + (1 + index * 7) * DAY;
    agenda.at(date, () => {
      deliver(world, channel, { date, ...readMarkup(text), reach: { views: 120 + index, forwards: index } });
      const post = channel.history.highestId;
      const ids = [discussionOf(channel, post)?.id ?? 0];
      comments.forEach(([who, comment, back], place) => {
        const at = date + (place + 1) * HOUR;
        const replyTo = back === undefined ? ids[0] : ids[ids.length - back];
        deliver(world, group, { date: at, from: userPeer(PEOPLE[who].id), text: comment, replyTo });
        ids.push(group.history.highestId);
      });
    });
  });
}
