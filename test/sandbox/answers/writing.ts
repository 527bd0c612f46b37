import { expect } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { BOT, OMAR } from "../handlers/wire.js";
import { CLUB, namesIn, random, sentId, uploaded, written, type Scene } from "./stage.js";

const LATER = Math.floor(Date.now() / 1000) + 3600;

/** Texts are written, changed, passed on and taken back. */
export const texts: Scene = async ({ lina, omar }) => {
  const peer = lina.peer(CLUB);
  const id = await written(lina, CLUB, "First draft");
  const edited = await lina.ask("messages.editMessage", { peer, id, message: "Final" });
  expect(namesIn(edited)).toEqual(["updateEditChannelMessage"]);
  const passed = { from_peer: peer, to_peer: lina.peer("@omar_test"), id: [id], random_id: [random()] };
  expect(namesIn(await lina.ask("messages.forwardMessages", passed))).toEqual(["updateMessageID", "updateNewMessage"]);
  expect((await lina.ask("channels.deleteMessages", { channel: lina.channel(CLUB), id: [id] })).pts_count).toBe(1);
  const note = await written(lina, "@omar_test", "Oops");
  expect((await lina.ask("messages.deleteMessages", { id: [note], revoke: true })).pts_count).toBe(1);
  await lina.ask("messages.saveDraft", { peer, message: "Half a th" });
  const drafts = await lina.ask("messages.getAllDrafts", {});
  expect(drafts).toMatchObject({ updates: [{ _: "updateDraftMessage", draft: { message: "Half a th" } }] });
  const cleared = await lina.ask("messages.deleteHistory", { peer: lina.peer("@omar_test"), max_id: 0 });
  expect(cleared).toMatchObject({ offset: 0 });
  const gone = await omar.ask("channels.deleteHistory", { channel: omar.channel(CLUB), max_id: 0 });
  expect(namesIn(gone)).toEqual(["updateChannelAvailableMessages"]);
};

/** Files go both ways. */
export const files: Scene = async ({ lina }) => {
  const peer = lina.peer("@omar_test");
  const media = { _: "inputMediaUploadedPhoto", file: await uploaded(lina) } as const;
  const sent = await lina.ask("messages.sendMedia", { peer, media, message: "Look", random_id: random() });
  expect(namesIn(sent)).toEqual(["updateMessageID", "updateNewMessage"]);
  const big = random();
  for (const file_part of [0, 1]) {
    const bytes = Buffer.alloc(file_part === 0 ? 512 * 1024 : 100, file_part);
    await lina.ask("upload.saveBigFilePart", { file_id: big, file_part, file_total_parts: 2, bytes });
  }
  const file = { _: "inputFileBig", id: big, parts: 2, name: "big.bin" } as const;
  const made = await lina.ask("messages.uploadMedia", {
    peer,
    media: { _: "inputMediaUploadedDocument", file, mime_type: "application/octet-stream", attributes: [] },
  });
  const document = made._ === "messageMediaDocument" && made.document?._ === "document" ? made.document : undefined;
  if (!document) throw new Error(made._);
  const { id, access_hash, file_reference } = document;
  const location = { _: "inputDocumentFileLocation", id, access_hash, file_reference, thumb_size: "" } as const;
  const got = await lina.ask("upload.getFile", { location, offset: 524_288n, limit: 4096 });
  expect(got._ === "upload.file" && Buffer.from(got.bytes).equals(Buffer.alloc(100, 1))).toBe(true);
  expect(await lina.ask("upload.getFileHashes", { location, offset: 0n })).toEqual([]);
  const single = (): Tl.inputSingleMedia => ({
    ...{ _: "inputSingleMedia", random_id: random(), message: "" },
    media: { _: "inputMediaDocument", id: { _: "inputDocument", id, access_hash, file_reference } },
  });
  const album = await lina.ask("messages.sendMultiMedia", { peer, multi_media: [single(), single()] });
  expect(namesIn(album).filter((name) => name === "updateNewMessage")).toHaveLength(2);
};

/** Messages that wait for their time. */
export const scheduled: Scene = async ({ lina }) => {
  const peer = lina.peer(CLUB);
  const wait = (message: string) => written(lina, CLUB, message, { schedule_date: LATER });
  const ids = [await wait("One"), await wait("Two")] as const;
  const all = await lina.ask("messages.getScheduledHistory", { peer, hash: 0n });
  expect(all).toMatchObject({ messages: [{ message: "Two" }, { message: "One" }] });
  const one = await lina.ask("messages.getScheduledMessages", { peer, id: [ids[0]] });
  expect(one).toMatchObject({ messages: [{ message: "One" }] });
  const sent = await lina.ask("messages.sendScheduledMessages", { peer, id: [ids[0]] });
  expect(namesIn(sent)).toEqual(["updateNewChannelMessage", "updateDeleteScheduledMessages"]);
  const gone = await lina.ask("messages.deleteScheduledMessages", { peer, id: [ids[1]] });
  expect(namesIn(gone)).toEqual(["updateDeleteScheduledMessages"]);
};

const plain = (text: string): Tl.textWithEntities => ({ _: "textWithEntities", text, entities: [] });
const answers = ["Tea", "Coffee"].map((text, place): Tl.pollAnswer => {
  return { _: "pollAnswer", text: plain(text), option: Buffer.from([place]) };
});
const poll: Tl.inputMediaPoll = {
  _: "inputMediaPoll",
  poll: { _: "poll", id: 0n, public_voters: true, question: plain("Drink?"), answers },
};

/** What is done to a message of somebody else: pinned, answered with an emoji, voted on, pressed. */
export const responses: Scene = async ({ lina, omar, sandbox }) => {
  const peer = lina.peer(CLUB);
  const pinned = await lina.ask("messages.updatePinnedMessage", { peer, id: 3 });
  expect(namesIn(pinned)).toContain("updatePinnedChannelMessages");
  expect((await lina.ask("messages.unpinAllMessages", { peer })).pts_count).toBe(2);
  const reaction = [{ _: "reactionEmoji", emoticon: "👍" } as const];
  const reacted = await omar.ask("messages.sendReaction", { peer: omar.peer(CLUB), msg_id: 2, reaction });
  expect(namesIn(reacted)).toEqual(["updateMessageReactions"]);
  const list = await lina.ask("messages.getMessageReactionsList", { peer, id: 2, limit: 9 });
  expect(list.reactions).toMatchObject([{ peer_id: { user_id: BigInt(OMAR) } }]);
  const some = await lina.ask("messages.getMessagesReactions", { peer, id: [2] });
  expect(some).toMatchObject({ updates: [{ reactions: { results: [{ count: 1 }] } }] });
  const offered = await lina.ask("messages.getAvailableReactions", { hash: 0 });
  expect(offered._ === "messages.availableReactions" && offered.reactions.length).toBeGreaterThan(50);
  const asked = sentId(await lina.ask("messages.sendMedia", { peer, media: poll, message: "", random_id: random() }));
  const vote = { peer: omar.peer(CLUB), msg_id: asked, options: [Buffer.from([1])] };
  expect(namesIn(await omar.ask("messages.sendVote", vote))).toEqual(["updateMessagePoll"]);
  const results = await lina.ask("messages.getPollResults", { peer, msg_id: asked });
  expect(results).toMatchObject({ updates: [{ results: { total_voters: 1 } }] });
  const votes = await omar.ask("messages.getPollVotes", { peer: omar.peer(CLUB), id: asked, limit: 9 });
  expect(votes.votes).toMatchObject([{ peer: { user_id: BigInt(OMAR) } }]);
  const start = { bot: lina.user(BOT), peer: lina.peer("@kiosk_bot"), random_id: random(), start_param: "" };
  expect(namesIn(await lina.ask("messages.startBot", start))).toContain("updateNewMessage");
  const menu = [...sandbox.world.chat(CLUB).messages()].find(({ text }) => text === "Order?");
  const pressed = { peer, msg_id: menu?.id ?? 0, data: Buffer.from("tea") };
  expect(await lina.ask("messages.getBotCallbackAnswer", pressed)).toMatchObject({ message: "Coming" });
};
