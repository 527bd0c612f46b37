import type { Sandbox } from "../../../src/sandbox/index.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { encodeMosaic } from "../../../src/sandbox/world/mosaic-jpeg.js";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import { couple, LINA, OMAR, openLine, pair, type OnAnswer, type Wired } from "../handlers/wire.js";

/** Two accounts with chats of every kind between them. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly lina: Wired;
  readonly omar: Wired;
  readonly onAnswer: OnAnswer;
}

/** Happy calls about one subject: none of them may be refused. */
export type Scene = (stage: Stage) => Promise<void>;

export const CLUB = "@club_test";
export const NEWS = "@news_test";
export const FORUM = "@workshop_test";

/** The first page of anything that has offsets. */
export const PAGE = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 20, max_id: 0, min_id: 0, hash: 0n };

let lastRandom = 0n;
export const random = (): bigint => (lastRandom += 1n);

/** The id of the bot that can log in. */
export const CLERK = 7010;

export async function openStage(onAnswer: OnAnswer): Promise<Stage> {
  const line = await openLine(everything, onAnswer);
  const [lina, omar] = pair(line);
  const { sandbox } = line;
  return { sandbox, lina, omar, onAnswer, [Symbol.asyncDispose]: () => line[Symbol.asyncDispose]() };
}

function everything(world: WorldBuilder): void {
  couple(world);
  const forum = world.forum({ title: "Workshop", username: "workshop_test", creator: LINA, members: [OMAR] });
  forum.topic({ title: "Tools" }).post({ from: OMAR, text: "Mine" });
  forum.topic({ title: "Plans" }).post({ from: LINA, text: "A boat" });
  const talk = world.supergroup({ title: "Talk", creator: LINA, members: [OMAR] });
  talk.post({ from: LINA, text: "Comments go here" });
  const post = world.channel({ title: "Journal", username: "journal_test", creator: LINA, discussion: "Talk" });
  post.post("First");
  world.privateChat(OMAR, LINA).post({ text: "A picture", media: { photo: true } });
  world.bot({ id: CLERK, firstName: "Clerk", username: "clerk_bot", inline: "Ask the clerk" });
  const office = world.supergroup({ title: "Office", username: "office_test", creator: LINA, members: [CLERK] });
  office.post({ from: LINA, text: "Let us begin" });
}

/** The id of a basic group. */
export function groupId(who: Wired, title: string): bigint {
  const peer = who.peer(title);
  if (peer._ !== "inputPeerChat") throw new Error(`${title} is no basic group`);
  return peer.chat_id;
}

/** Sends a text and returns the id of the message. */
export async function written(who: Wired, chat: string, message: string, more: object = {}): Promise<number> {
  const request = { peer: who.peer(chat), message, random_id: random(), ...more };
  return sentId(await who.ask("messages.sendMessage", request));
}

/** The id that a message got. */
export function sentId(updates: Tl.TypeUpdates): number {
  if (updates._ === "updateShortSentMessage") return updates.id;
  const found = "updates" in updates ? updates.updates.find(({ _ }) => _ === "updateMessageID") : undefined;
  if (found?._ !== "updateMessageID") throw new Error(`${updates._} names no message`);
  return found.id;
}

/** The names of the updates in an answer. */
export const namesIn = (updates: Tl.TypeUpdates): string[] =>
  "updates" in updates ? updates.updates.map(({ _ }) => _) : [updates._];

const JPEG = encodeMosaic(160, 160, (x, y) => [x % 256, y % 256, 90]);

/** Uploads a picture in one part. */
export async function uploaded(who: Wired, name = "a.jpg", bytes: Uint8Array = JPEG): Promise<Tl.inputFile> {
  const file_id = random();
  await who.ask("upload.saveFilePart", { file_id, file_part: 0, bytes });
  return { _: "inputFile", id: file_id, parts: 1, name, md5_checksum: "" };
}
