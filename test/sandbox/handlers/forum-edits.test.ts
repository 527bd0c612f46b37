import { expect, test } from "vitest";
import { openLine, pair, type Wired } from "./wire.js";

const CLUB = "@club_test";
const listed = async (who: Wired) => {
  const page = { offset_date: 0, offset_id: 0, offset_topic: 0, limit: 10 };
  const { topics } = await who.ask("channels.getForumTopics", { channel: who.channel(CLUB), ...page });
  return topics.map((one) => (one._ === "forumTopic" ? one.title : one._));
};

test("a supergroup becomes a forum, whose topics are opened, changed, pinned and deleted", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const channel = lina.channel(CLUB);
  expect(await omar.refused("channels.toggleForum", { channel: omar.channel(CLUB), enabled: true })).toBe(
    "CHAT_ADMIN_REQUIRED",
  );
  const open = { channel, title: "Tools", random_id: 1n };
  expect(await lina.refused("channels.createForumTopic", open)).toBe("CHANNEL_FORUM_MISSING");
  await lina.ask("channels.toggleForum", { channel, enabled: true });
  expect(await lina.refused("channels.createForumTopic", { ...open, title: " " })).toBe("TOPIC_TITLE_EMPTY");
  await lina.ask("channels.createForumTopic", open);
  expect(await listed(lina)).toEqual(["Tools", "General"]);
  const topic_id = line.sandbox.world.chat(CLUB).count;
  const reply_to = { _: "inputReplyToMessage", reply_to_msg_id: topic_id } as const;
  await omar.ask("messages.sendMessage", { peer: omar.peer(CLUB), message: "The saw?", random_id: 2n, reply_to });
  const edit = { channel: omar.channel(CLUB), topic_id, title: "Saws" };
  expect(await omar.refused("channels.editForumTopic", edit)).toBe("CHAT_ADMIN_REQUIRED");
  await lina.ask("channels.editForumTopic", { channel, topic_id, title: "Saws", closed: true });
  expect(await lina.refused("channels.editForumTopic", { channel, topic_id, title: "Saws" })).toBe(
    "TOPIC_NOT_MODIFIED",
  );
  expect(await lina.refused("channels.editForumTopic", { channel, topic_id, hidden: true })).toBe("TOPIC_HIDE_INVALID");
  const more = { peer: omar.peer(CLUB), message: "Again", random_id: 3n, reply_to };
  expect(await omar.refused("messages.sendMessage", more)).toBe("TOPIC_CLOSED");
  await lina.ask("channels.updatePinnedForumTopic", { channel, topic_id, pinned: true });
  expect(await omar.hears()).toMatchObject([{ _: "updateChannelPinnedTopic", topic_id, pinned: true }]);
  expect(await lina.ask("channels.deleteTopicHistory", { channel, top_msg_id: topic_id })).toMatchObject({ offset: 0 });
  expect(await listed(lina)).toEqual(["General"]);
  expect(await lina.refused("channels.deleteTopicHistory", { channel, top_msg_id: topic_id })).toBe("TOPIC_ID_INVALID");
});
