import { expect } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import type { Wired } from "../handlers/wire.js";
import { CLUB, FORUM, namesIn, random, written, type Scene } from "./stage.js";

const FIRST = { offset_date: 0, offset_id: 0, offset_topic: 0, limit: 20 };

async function topics(who: Wired): Promise<readonly Tl.forumTopic[]> {
  const { topics: all } = await who.ask("channels.getForumTopics", { channel: who.channel(FORUM), ...FIRST });
  return all.flatMap((one) => (one._ === "forumTopic" ? [one] : []));
}

/** Topics are opened, changed, pinned, read and emptied. */
export const forum: Scene = async ({ lina, omar }) => {
  const channel = lina.channel(FORUM);
  expect((await topics(lina)).map(({ title }) => title)).toEqual(["Plans", "Tools", "General"]);
  const opened = await lina.ask("channels.createForumTopic", { channel, title: "Boats", random_id: random() });
  expect(namesIn(opened)).toContain("updateNewChannelMessage");
  const [boats] = await topics(lina);
  const topic_id = boats?.id ?? 0;
  await lina.ask("channels.editForumTopic", { channel, topic_id, title: "Ships", closed: true });
  const pinned = await lina.ask("channels.updatePinnedForumTopic", { channel, topic_id, pinned: true });
  expect(pinned).toMatchObject({ updates: [{ _: "updateChannelPinnedTopic", pinned: true, topic_id }] });
  const named = await lina.ask("channels.getForumTopicsByID", { channel, topics: [topic_id] });
  expect(named.topics).toMatchObject([{ title: "Ships", closed: true, pinned: true }]);
  const top = { _: "inputReplyToMessage", reply_to_msg_id: topic_id } as const;
  const said = await written(lina, FORUM, "Afloat", { reply_to: top });
  const unread = async () => (await topics(omar)).find(({ id }) => id === topic_id)?.unread_count;
  expect(await unread()).toBeGreaterThan(0);
  const read = { peer: omar.peer(FORUM), msg_id: topic_id, read_max_id: said };
  expect(await omar.ask("messages.readDiscussion", read)).toBe(true);
  expect(await unread()).toBe(0);
  const emptied = await lina.ask("channels.deleteTopicHistory", { channel, top_msg_id: topic_id });
  expect(emptied.offset).toBe(0);
  expect((await topics(lina)).map(({ title }) => title)).toEqual(["Plans", "Tools", "General"]);
  expect(namesIn(await lina.ask("channels.toggleForum", { channel: lina.channel(CLUB), enabled: true }))).toEqual([
    "updateChannel",
  ]);
};
