import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { openLine, pair, type Wired } from "./wire.js";

const plain = (text: string): Tl.textWithEntities => ({ _: "textWithEntities", text, entities: [] });
const option = (place: number): Uint8Array => Buffer.from([place]);

function pollOf(fields: Partial<Tl.poll> = {}, more: Partial<Tl.inputMediaPoll> = {}): Tl.inputMediaPoll {
  const answers = ["Tea", "Coffee", "Water"].map((text, place) => ({
    ...{ _: "pollAnswer", text: plain(text), option: option(place) },
  })) as Tl.pollAnswer[];
  return { _: "inputMediaPoll", poll: { _: "poll", id: 0n, question: plain("Drink?"), answers, ...fields }, ...more };
}

let random = 1n;
const send = (who: Wired, chat: string, media: Tl.TypeInputMedia) =>
  who.ask("messages.sendMedia", { peer: who.peer(chat), media, message: "", random_id: random++ });

async function sent(who: Wired, media: Tl.TypeInputMedia, chat = "@club_test"): Promise<number> {
  const updates = await send(who, chat, media);
  const found = "updates" in updates ? updates.updates.find(({ _ }) => _ === "updateMessageID") : undefined;
  return found?._ === "updateMessageID" ? found.id : 0;
}

const vote = (who: Wired, msg_id: number, ...places: number[]) => ({
  ...{ peer: who.peer("@club_test"), msg_id, options: places.map(option) },
});

function resultsIn(updates: Tl.TypeUpdates | readonly Tl.TypeUpdate[]): Tl.TypePollResults | undefined {
  const list = Array.isArray(updates) ? (updates as Tl.TypeUpdate[]) : "updates" in updates ? updates.updates : [];
  const found = list.find(({ _ }) => _ === "updateMessagePoll");
  return found?._ === "updateMessagePoll" ? found.results : undefined;
}

const counts = (results: Tl.TypePollResults | undefined): (number | undefined)[] | undefined =>
  results?.results?.map(({ voters }) => voters);

test("a vote is counted, shown to those who voted, and told to everybody", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const id = await sent(lina, pollOf({ public_voters: true }));
  await omar.hears();
  const mine = resultsIn(await lina.ask("messages.sendVote", vote(lina, id, 1)));
  expect(counts(mine)).toEqual([0, 1, 0]);
  const heard = resultsIn(await omar.hears());
  expect([heard?.total_voters, counts(heard)]).toEqual([1, undefined]);
  expect(await omar.refused("messages.getPollVotes", { peer: omar.peer("@club_test"), id, limit: 10 })).toBe(
    "POLL_VOTE_REQUIRED",
  );
  expect(counts(resultsIn(await omar.ask("messages.sendVote", vote(omar, id, 1))))).toEqual([0, 2, 0]);
  const list = await omar.ask("messages.getPollVotes", {
    peer: omar.peer("@club_test"),
    id,
    option: option(1),
    limit: 1,
  });
  expect([list.count, list.votes[0]?.peer, list.next_offset]).toEqual([
    2,
    { _: "peerUser", user_id: BigInt(omar.me) },
    "1",
  ]);
  expect(counts(resultsIn(await omar.ask("messages.sendVote", vote(omar, id))))).toBeUndefined();
  const now = resultsIn(await lina.ask("messages.getPollResults", { peer: lina.peer("@club_test"), msg_id: id }));
  expect(counts(now)).toEqual([0, 1, 0]);
});

test("a poll takes the votes that it allows", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const single = await sent(lina, pollOf());
  expect(await omar.refused("messages.sendVote", vote(omar, single, 0, 1))).toBe("OPTIONS_TOO_MUCH");
  expect(await omar.refused("messages.sendVote", vote(omar, single, 7))).toBe("OPTION_INVALID");
  expect(await omar.refused("messages.sendVote", vote(omar, 2, 0))).toBe("MESSAGE_ID_INVALID");
  const many = await sent(lina, pollOf({ multiple_choice: true }));
  expect(await omar.refused("messages.sendVote", vote(omar, many, 0, 2))).toBe("ok");
  const quiz = await sent(
    lina,
    pollOf({ quiz: true }, { correct_answers: [option(2)], solution: "It rains", solution_entities: [] }),
  );
  const chosen = resultsIn(await omar.ask("messages.sendVote", vote(omar, quiz, 0)));
  expect(chosen?.solution).toBe("It rains");
  expect(chosen?.results?.map(({ correct, chosen }) => [correct, chosen])).toEqual([
    [undefined, true],
    [undefined, undefined],
    [true, undefined],
  ]);
  expect(await omar.refused("messages.sendVote", vote(omar, quiz, 1))).toBe("REVOTE_NOT_ALLOWED");
});

test("its author closes a poll, and it counts nothing more", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const id = await sent(lina, pollOf());
  const close = (who: Wired) => ({ peer: who.peer("@club_test"), id, media: pollOf({ closed: true }) });
  await omar.hears();
  expect(await omar.refused("messages.editMessage", close(omar))).toBe("MESSAGE_AUTHOR_REQUIRED");
  expect(counts(resultsIn(await lina.ask("messages.editMessage", close(lina))))).toEqual([0, 0, 0]);
  expect(await omar.hears()).toMatchObject([{ _: "updateMessagePoll", poll: { closed: true } }]);
  expect(await omar.refused("messages.sendVote", vote(omar, id, 0))).toBe("MESSAGE_POLL_CLOSED");
  expect(await lina.refused("messages.editMessage", close(lina))).toBe("MESSAGE_NOT_MODIFIED");
});

test("a poll that makes no sense is not sent", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const refused = (media: Tl.TypeInputMedia) =>
    lina.refused("messages.sendMedia", { peer: lina.peer("@club_test"), media, message: "", random_id: random++ });
  const [tea] = pollOf().poll.answers;
  const twice = tea ? [tea, { ...tea, text: plain("Again") }] : [];
  expect(await refused(pollOf({ question: plain(" ") }))).toBe("POLL_QUESTION_INVALID");
  expect(await refused(pollOf({ answers: twice.slice(1) }))).toBe("POLL_ANSWERS_INVALID");
  expect(await refused(pollOf({ answers: twice }))).toBe("POLL_OPTION_DUPLICATE");
  expect(await refused(pollOf({ quiz: true }))).toBe("QUIZ_CORRECT_ANSWERS_EMPTY");
  expect(await refused(pollOf({ quiz: true, multiple_choice: true }, { correct_answers: [option(0)] }))).toBe(
    "QUIZ_MULTIPLE_INVALID",
  );
  expect(await refused(pollOf({ quiz: true }, { correct_answers: [option(9)] }))).toBe("QUIZ_CORRECT_ANSWER_INVALID");
});

test("places, contacts and dice are sent without a file", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const geo_point = { _: "inputGeoPoint", lat: 60.1, long: 24.9 } as const;
  const contact = {
    _: "inputMediaContact",
    phone_number: "+9996620003",
    first_name: "P",
    last_name: "",
    vcard: "",
  } as const;
  const shown: unknown[] = [];
  for (const media of [
    { _: "inputMediaGeoPoint", geo_point },
    contact,
    { _: "inputMediaDice", emoticon: "🎲" },
  ] as const) {
    await send(lina, "@omar_test", media);
    const [update] = await omar.hears();
    if (update?._ === "updateNewMessage" && update.message._ === "message") shown.push(update.message.media);
  }
  expect(shown).toMatchObject([
    { _: "messageMediaGeo", geo: { lat: 60.1, long: 24.9 } },
    { _: "messageMediaContact", user_id: 7003n },
    { _: "messageMediaDice", emoticon: "🎲" },
  ]);
  const wrong = { _: "inputMediaDice", emoticon: "🐳" } as const;
  const peer = lina.peer("@omar_test");
  expect(await lina.refused("messages.sendMedia", { peer, media: wrong, message: "", random_id: random++ })).toBe(
    "EMOTICON_INVALID",
  );
});
