import type * as Tl from "../../tl/types.js";
import { bytesOf, type Document, type Media } from "../media.js";
import { paper, patternBytes } from "../paper.js";
import type { World } from "../world.js";
import { wrong } from "./fault.js";
import { personOf } from "./people.js";
import { photograph } from "./photograph.js";
import type { MessagePlan } from "./schema.js";

type MediaPlan = NonNullable<MessagePlan["media"]>;
type PollPlan = Extract<MediaPlan, { readonly poll: unknown }>["poll"];

/** For a second of speech, and of moving pictures. */
const VOICE_BYTES = 3_000;
const VIDEO_BYTES = 20_000;
const STICKER_BYTES = 6_000;

/** What is attached to a message. Files without a content have made-up bytes, the same at each start. */
export function mediaOf(world: World, plan: MediaPlan, date: number): Media {
  const id = world.files.nextId();
  const seed = Number(id % 100_000n);
  const document = (name: string, size: number, attributes: Document["attributes"] = []): Document => {
    const file = paper(id, date, name, patternBytes(seed, size));
    return world.files.add({ ...file, attributes: [...attributes, ...file.attributes] });
  };
  if ("photo" in plan) return photograph(world, date, id);
  if ("content" in plan) return world.files.add(paper(id, date, plan.file, bytesOf(Buffer.from(plan.content))));
  if ("file" in plan) return document(plan.file, plan.sizeBytes);
  if ("voiceSeconds" in plan) {
    const { voiceSeconds: duration } = plan;
    const attributes = [{ _: "documentAttributeAudio", voice: true, duration }] as const;
    return world.files.add({ ...document("voice.ogg", duration * VOICE_BYTES), attributes });
  }
  if ("videoSeconds" in plan) {
    const { videoSeconds: duration } = plan;
    return document("video.mp4", duration * VIDEO_BYTES, [{ _: "documentAttributeVideo", duration, w: 640, h: 480 }]);
  }
  if ("sticker" in plan) {
    const stickerset = { _: "inputStickerSetEmpty" } as const;
    return document("sticker.webp", STICKER_BYTES, [{ _: "documentAttributeSticker", alt: plan.sticker, stickerset }]);
  }
  return { kind: "plain", media: "poll" in plan ? pollOf(world, id, plan.poll, date) : plainOf(world, plan) };
}

type Place = Extract<MediaPlan, { readonly latitude: number }>;
type Contact = Extract<MediaPlan, { readonly phone: string }>;

function plainOf(world: World, plan: Place | Contact): Tl.TypeMessageMedia {
  if ("latitude" in plan) {
    const geo = { _: "geoPoint", lat: plan.latitude, long: plan.longitude, access_hash: 0n } as const;
    return { _: "messageMediaGeo", geo };
  }
  const { phone: phone_number, firstName: first_name, lastName: last_name } = plan;
  const user_id = BigInt(world.users.byPhone(phone_number.replace(/\D/g, ""))?.id ?? 0);
  return { _: "messageMediaContact", phone_number, first_name, last_name, vcard: "", user_id };
}

const plain = (text: string): Tl.textWithEntities => ({ _: "textWithEntities", text, entities: [] });

function pollOf(world: World, id: bigint, plan: PollPlan, date: number): Tl.messageMediaPoll {
  const { question, answers, multiple, public: isPublic, closed, correct, solution, votes } = plan;
  if (correct !== undefined && correct >= answers.length) throw wrong(`the poll has no answer ${correct}`);
  const tl: Tl.poll = {
    ...{ _: "poll", id, question: plain(question) },
    answers: answers.map((text, place) => ({ _: "pollAnswer", text: plain(text), option: Uint8Array.of(place) })),
    ...{ closed: closed || undefined, multiple_choice: multiple || undefined, public_voters: isPublic || undefined },
    quiz: correct === undefined ? undefined : true,
  };
  const key = correct === undefined ? undefined : { correct: [Uint8Array.of(correct)], solution };
  const poll = world.polls.add(tl, key);
  for (const [voter, options] of choices(world, answers, votes)) poll.vote(voter, options, date);
  return { _: "messageMediaPoll", poll: tl, results: { _: "pollResults", total_voters: poll.voters } };
}

/** Who chose what: the description tells it the other way round. */
function choices(world: World, answers: readonly string[], votes: PollPlan["votes"]): Map<number, Uint8Array[]> {
  const chosen = new Map<number, Uint8Array[]>();
  for (const [answer, people] of Object.entries(votes)) {
    const place = answers.indexOf(answer);
    if (place < 0) throw wrong(`the poll has no answer ${JSON.stringify(answer)}`);
    for (const who of people) {
      const id = personOf(world, who);
      chosen.set(id, [...(chosen.get(id) ?? []), Uint8Array.of(place)]);
    }
  }
  return chosen;
}
