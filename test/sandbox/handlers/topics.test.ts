import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { historyOf, idsIn, NOW, openSession, refusal, textTo, type Session } from "./asking.js";
import { couple, LINA, OMAR } from "./wire.js";

const FORUM = "@quayside_forum";

const topicsOf = (session: Session, window: Partial<Tl.channels_getForumTopicsRequest> = {}) =>
  session.ask("channels.getForumTopics", {
    _: "channels.getForumTopics",
    channel: session.inputChannel(FORUM),
    offset_date: 0,
    offset_id: 0,
    offset_topic: 0,
    limit: 100,
    ...window,
  });

const titles = (answer: Tl.messages_forumTopics) =>
  answer.topics.map((topic) => (topic._ === "forumTopic" ? topic.title : topic._));

const repliesTo = (
  session: Session,
  which: string,
  msg_id: number,
  window: Partial<Tl.messages_getRepliesRequest> = {},
) => {
  const request = { ...historyOf(session.peer(which)), _: "messages.getReplies", msg_id, ...window } as const;
  return session.ask("messages.getReplies", request);
};

test("a forum lists its topics, pinned ones first, page by page and by words", () => {
  const session = openSession("demo");
  const all = topicsOf(session);
  expect(titles(all)).toEqual(["Boats & moorings ⛵", "Regatta 2024", "Lost & found", "General"]);
  expect(all.topics.map((topic) => topic._ === "forumTopic" && [topic.pinned, topic.closed])).toEqual([
    [true, undefined],
    [undefined, true],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(all.topics.at(-1)?.id).toBe(1);
  const first = topicsOf(session, { limit: 2 });
  expect(first.count).toBe(4);
  const last = first.topics.at(-1);
  if (last?._ !== "forumTopic") throw new Error("no topic");
  const next = topicsOf(session, { limit: 2, offset_topic: last.id, offset_id: last.top_message, offset_date: 1 });
  expect([...titles(first), ...titles(next)]).toEqual(titles(all));
  expect(titles(topicsOf(session, { q: "lost" }))).toEqual(["Lost & found"]);
  const channel = session.inputChannel(FORUM);
  const byId = session.ask("channels.getForumTopicsByID", {
    _: "channels.getForumTopicsByID",
    channel,
    topics: [1, 9999],
  });
  expect(titles(byId)).toEqual(["General", "forumTopicDeleted"]);
  const other = session.inputChannel("@tidewater_lab");
  expect(refusal(() => session.ask("channels.getForumTopics", { ...windowOf(other) }))).toBe(
    "400 CHANNEL_FORUM_MISSING",
  );
});

const windowOf = (channel: Tl.inputChannel): Tl.channels_getForumTopicsRequest => ({
  _: "channels.getForumTopics",
  channel,
  offset_date: 0,
  offset_id: 0,
  offset_topic: 0,
  limit: 1,
});

test("every message of a forum lies in exactly one topic, and its header names it", () => {
  const session = openSession("demo");
  const seen = topicsOf(session).topics.flatMap(({ id }) => idsIn(repliesTo(session, FORUM, id)));
  const world = session.world.chat(FORUM);
  expect(seen.sort((a, b) => a - b)).toEqual([...world.messages()].map(({ id }) => id));
  const boats = topicsOf(session, { q: "boats" }).topics[0]?.id ?? 0;
  const page = repliesTo(session, FORUM, boats);
  if (page._ !== "messages.channelMessages") throw new Error(page._);
  expect(page.topics.map(({ id }) => id)).toEqual([boats]);
  for (const message of page.messages) {
    if (message._ !== "message") continue;
    const { reply_to } = message;
    if (reply_to?._ !== "messageReplyHeader") throw new Error("no header");
    expect(reply_to.forum_topic).toBe(true);
    expect(reply_to.reply_to_top_id ?? reply_to.reply_to_msg_id).toBe(boats);
  }
  const search = {
    ...historyOf(session.peer(FORUM)),
    _: "messages.search",
    q: "seven",
    min_date: 0,
    max_date: 0,
  } as const;
  const filter = { _: "inputMessagesFilterEmpty" } as const;
  expect(idsIn(session.ask("messages.search", { ...search, filter, top_msg_id: boats }))).toHaveLength(1);
  expect(idsIn(session.ask("messages.search", { ...search, filter, top_msg_id: 1 }))).toHaveLength(0);
});

test("a topic is read page by page like a history", () => {
  const session = openSession("demo");
  const boats = topicsOf(session, { q: "boats" }).topics[0]?.id ?? 0;
  const all = idsIn(repliesTo(session, FORUM, boats));
  const paged: number[] = [];
  for (let offset_id = 0; ;) {
    const ids = idsIn(repliesTo(session, FORUM, boats, { offset_id, limit: 2 }));
    if (ids.length === 0) break;
    paged.push(...ids);
    offset_id = ids.at(-1) ?? 0;
  }
  expect(paged).toEqual(all);
  expect(all.length).toBeGreaterThan(4);
});

test("a closed topic takes messages of admins only, an open one keeps them in the topic", () => {
  const tomas = openSession("demo", "9996625678");
  const topicId = (q: string) => topicsOf(tomas, { q }).topics[0]?.id ?? 0;
  const write = (q: string, random: bigint) => () =>
    tomas.ask("messages.sendMessage", {
      ...textTo(tomas.peer(FORUM), "here", random),
      reply_to: { _: "inputReplyToMessage", reply_to_msg_id: topicId(q) },
    });
  expect(refusal(write("regatta", 1n))).toBe("400 TOPIC_CLOSED");
  expect(refusal(write("lost", 2n))).toBe("ok");
  expect(tomas.world.chat(FORUM).byId(tomas.world.chat(FORUM).count)).toMatchObject({
    topId: topicId("lost"),
    inTopic: true,
    replyTo: undefined,
  });
});

test("the comments of a post lie in the discussion group, and are counted on the post", () => {
  const session = openSession("demo");
  const posts = session.ask("messages.getHistory", historyOf(session.peer("@tide_talk")));
  if (posts._ !== "messages.channelMessages") throw new Error(posts._);
  const counts = posts.messages.map((message) => message._ === "message" && message.replies?.replies);
  expect(counts).toEqual([1, 4, 0]);
  const comments = repliesTo(session, "@tide_talk", 2);
  if (comments._ !== "messages.channelMessages") throw new Error(comments._);
  expect(comments.messages.map((message) => message._ === "message" && message.message)).toEqual([
    "With subtitles, please",
    "There will be a second part",
    "Too short. Lighthouses have more to say",
    "It blinked at all the right moments",
  ]);
  const linked = session.world.chat("@tide_talk_chat").peer.id;
  expect(comments.messages[0]).toMatchObject({ peer_id: { channel_id: BigInt(linked) } });
  const full = session.ask("channels.getFullChannel", {
    _: "channels.getFullChannel",
    channel: session.inputChannel("@tide_talk"),
  });
  expect(full.full_chat).toMatchObject({ linked_chat_id: BigInt(linked) });
  expect(full.chats).toHaveLength(2);
  const root = session.ask("messages.getDiscussionMessage", {
    _: "messages.getDiscussionMessage",
    peer: session.peer("@tide_talk"),
    msg_id: 2,
  });
  expect(root.messages).toHaveLength(1);
  expect(refusal(() => repliesTo(session, "@tide_talk", 99))).toBe("400 MSG_ID_INVALID");
});

test("the answers to a message of a supergroup are its thread, the answers to answers among them", () => {
  const session = openSession("demo");
  const world = session.world.chat("@tidewater_lab");
  const top = [...world.messages()].find(({ replies }) => (replies?.count ?? 0) > 0)?.id ?? 0;
  const ids = idsIn(repliesTo(session, "@tidewater_lab", top));
  expect(ids).toHaveLength(world.byId(top)?.replies?.count ?? 0);
  expect(ids.every((id) => world.byId(id)?.topId === top)).toBe(true);
});

test("what is written into a topic by its first message is no answer to it, and takes its draft", () => {
  const world = createWorld(workshop, () => NOW);
  const [lina, omar] = [openSession(world, LINA), openSession(world, OMAR)];
  const peer = lina.peer("Workshop");
  const topic =
    [...world.chat("Workshop").messages()].find(({ action }) => action?._ === "messageActionTopicCreate")?.id ?? 0;
  const reply_to = { _: "inputReplyToMessage", reply_to_msg_id: topic } as const;
  const leave = (message: string, more: object) =>
    lina.ask("messages.saveDraft", { _: "messages.saveDraft", peer, message, ...more });
  leave("about saws", { reply_to: { ...reply_to, top_msg_id: topic } });
  leave("about all", {});
  const later = { ...textTo(peer, "Later", 1n), reply_to, schedule_date: NOW / 1000 + 3600 };
  const waiting = lina.ask("messages.sendMessage", later);
  const header = { forum_topic: true, reply_to_msg_id: topic };
  expect("updates" in waiting && waiting.updates[1]).toMatchObject({ message: { reply_to: header } });
  const sent = lina.ask("messages.sendMessage", { ...textTo(peer, "Where?", 2n), reply_to, clear_draft: true });
  expect("updates" in sent && sent.updates.at(-1)).toMatchObject({ message: { reply_to: header } });
  const drafts = world
    .mailbox(LINA)
    ?.drafts.all()
    .map(({ text }) => text);
  expect(drafts).toEqual(["about all"]);
  const mentions = { ...historyOf(omar.peer("Workshop")), _: "messages.getUnreadMentions" } as const;
  expect(idsIn(omar.ask("messages.getUnreadMentions", mentions))).toEqual([]);
});

function workshop(world: WorldBuilder): void {
  couple(world);
  const forum = world.forum({ title: "Workshop", creator: LINA, members: [OMAR] });
  forum.topic({ title: "Tools", by: OMAR }).post({ from: OMAR, text: "Where is the saw?" });
}
