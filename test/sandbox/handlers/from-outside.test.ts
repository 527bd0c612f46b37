import { expect, test } from "vitest";
import { OMAR, openLine, pair, PETRA } from "./wire.js";

const CLUB = "@club_test";

test("what others do while a client runs is told to it: polls, votes, reactions, readings", async () => {
  await using line = await openLine();
  const { world } = line.sandbox;
  const [lina] = pair(line);
  const poll = { question: "Next?", answers: ["Emma", "Moby-Dick"], public: true };
  const id = world.post(CLUB, { from: PETRA, text: "", media: { poll } });
  expect(await lina.hears()).toMatchObject([{ message: { media: { poll: { question: { text: "Next?" } } } } }]);
  world.vote(CLUB, id, { from: PETRA, answers: ["Emma"] });
  expect(await lina.hears()).toMatchObject([{ _: "updateMessagePoll", results: { total_voters: 1 } }]);
  expect(world.poll(CLUB, id)).toEqual({
    question: "Next?",
    answers: [
      { text: "Emma", voters: 1 },
      { text: "Moby-Dick", voters: 0 },
    ],
    voters: 1,
    isClosed: false,
  });
  world.react(CLUB, id, { from: "Petra", emoji: "🔥" });
  expect(await lina.hears()).toMatchObject([{ _: "updateMessageReactions", reactions: { results: [{ count: 1 }] } }]);
  world.react(CLUB, id, { from: "Petra" });
  expect(await lina.hears()).toMatchObject([{ reactions: { results: [] } }]);
  await lina.ask("messages.sendMessage", { peer: lina.peer("@kiosk_bot"), message: "/menu", random_id: 1n });
  world.readByOther("@kiosk_bot");
  expect(await lina.hears()).toMatchObject([{ _: "updateReadHistoryOutbox" }]);
  const buttons = [[{ text: "Site", url: "https://kiosk.example" }]];
  world.post("@kiosk_bot", { text: "**Menu**", markup: true, buttons });
  expect(await lina.hears()).toMatchObject([
    { message: { message: "Menu", entities: [{ _: "messageEntityBold" }], reply_markup: { _: "replyInlineMarkup" } } },
  ]);
});

test("what does not fit is refused with its place", async () => {
  await using line = await openLine();
  const { world } = line.sandbox;
  const poll = { question: "?", answers: ["Only one"] };
  expect(() => world.post(CLUB, { from: OMAR, text: "", media: { poll } })).toThrow("at media");
  expect(() => {
    world.vote(CLUB, 2, { from: OMAR, answers: ["Yes"] });
  }).toThrow("is no poll");
  expect(() => {
    world.react(CLUB, 999, { from: OMAR, emoji: "🔥" });
  }).toThrow("no message 999");
});
