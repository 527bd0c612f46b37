import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "tg-guarded/testing";
import { act, type Order } from "./order.js";
import { messagesIn, one, saying } from "./world-facts.js";

const LAB = "@tidewater_lab";
const FORUM = "@quayside_forum";
const FAMILY = "Family 🏡";
const KENTA = "@kenta_nakamura";
const AN_HOUR_MS = 3_600_000;
const DM = { dm: 1 } as const;
const GROUP = { group_msg: 1 } as const;

/** Texts in every way of sending. */
export function texts(sandbox: Sandbox): readonly Order[] {
  const { world } = sandbox;
  const topic = messagesIn(sandbox, FORUM).find((message) => message.inTopic)?.topId ?? 0;
  const replyTo = world.post(LAB, { from: "@jonas_lq", text: "A question" });
  const later = new Date(Date.now() + AN_HOUR_MS).toISOString();
  const inLab = (text: string) => () => one(saying(sandbox, LAB, text));
  return [
    act("plain", "sendMessage", { chat: LAB, text: "plain" }, { units: GROUP, truth: inLab("plain") }),
    act(
      "marked",
      "sendMessage",
      { chat: LAB, text: "**bold** words", formatting: "markdown" },
      { units: GROUP, truth: () => one(saying(sandbox, LAB, "bold words"), ({ entities }) => entities?.length === 1) },
    ),
    act(
      "silent",
      "sendMessage",
      { chat: LAB, text: "silent", silent: true },
      { units: GROUP, truth: () => one(saying(sandbox, LAB, "silent"), (message) => message.silent === true) },
    ),
    act(
      "reply",
      "sendMessage",
      { chat: LAB, text: "reply", replyTo },
      { units: GROUP, truth: () => one(saying(sandbox, LAB, "reply"), (message) => message.replyTo === replyTo) },
    ),
    act(
      "in a topic",
      "sendMessage",
      { chat: FORUM, text: "in a topic", topic },
      { units: GROUP, truth: () => one(saying(sandbox, FORUM, "in a topic"), ({ topId }) => topId === topic) },
    ),
    act(
      "scheduled",
      "sendMessage",
      { chat: LAB, text: "scheduled", schedule: later },
      {
        units: GROUP,
        truth() {
          const waiting = world.scheduled(LAB).filter(({ text }) => text === "scheduled");
          const isEarly = saying(sandbox, LAB, "scheduled").length > 0;
          return { times: waiting.length, ...(isEarly ? { fault: "it was sent at once" } : {}) };
        },
      },
    ),
    act(
      "in a group",
      "sendMessage",
      { chat: FAMILY, text: "in a group" },
      { units: GROUP, truth: () => one(saying(sandbox, FAMILY, "in a group")) },
    ),
    act(
      "direct",
      "sendMessage",
      { chat: KENTA, text: "direct" },
      { units: DM, mode: "operator", truth: () => one(saying(sandbox, KENTA, "direct")) },
    ),
  ];
}

/** Larger than two parts of 512 KB. */
const SEVERAL_PARTS = 1_200_000;

/** Files of one part and of several. */
export function files(sandbox: Sandbox, folder: string): readonly Order[] {
  const file = (name: string, sizeBytes: number) => {
    const bytes = randomBytes(sizeBytes);
    writeFileSync(join(folder, name), bytes);
    return (chat: string) => () =>
      one(saying(sandbox, chat, name), ({ media }) => {
        if (media?.kind !== "document") return false;
        return Buffer.from(media.bytes.read(0, sizeBytes + 1)).equals(bytes);
      });
  };
  const [small, large] = [file("small.bin", 2000), file("large.bin", SEVERAL_PARTS)];
  return [
    act(
      "small file",
      "sendFile",
      { chat: "@liv_paints", path: "small.bin", caption: "small.bin" },
      { units: DM, truth: small("@liv_paints") },
    ),
    act(
      "large file",
      "sendFile",
      { chat: LAB, path: "large.bin", caption: "large.bin" },
      { units: GROUP, truth: large(LAB) },
    ),
  ];
}

/** Messages that are passed on, to a person and to a group. */
export function forwards(sandbox: Sandbox): readonly Order[] {
  const { world } = sandbox;
  const post = (text: string) => world.post(LAB, { from: "@jonas_lq", text });
  const three = ["first of three", "second of three", "third of three"];
  const ids = three.map(post);
  const alone = post("passed on alone");
  const copies = () => messagesIn(sandbox, KENTA).flatMap(({ text }) => (three.includes(text) ? [text] : []));
  return [
    act(
      "forward three",
      "forwardMessages",
      { from: LAB, to: KENTA, messageIds: ids },
      {
        units: { dm: three.length },
        truth() {
          const found = copies();
          const isWhole = found.join() === three.join() || found.length === 0;
          return { times: found.length / three.length, ...(isWhole ? {} : { fault: `it is ${found.join()}` }) };
        },
      },
    ),
    act(
      "forward one",
      "forwardMessages",
      { from: LAB, to: FAMILY, messageIds: [alone], dropAuthor: true },
      { units: GROUP, mode: "operator", truth: () => one(saying(sandbox, FAMILY, "passed on alone")) },
    ),
  ];
}

/** Drafts need no approval: nobody else sees them. */
export function drafts(sandbox: Sandbox): readonly Order[] {
  const topic = messagesIn(sandbox, FORUM).find((message) => message.inTopic)?.topId ?? 0;
  const draft = (id: string, chat: string, rest: { readonly topic?: number }): Order => ({
    id,
    operation: "saveDraft",
    input: { chat, text: id, ...rest },
    truth() {
      const found = sandbox.world.draft(chat, rest);
      if (found === undefined) return { times: 0 };
      return found.text === id ? { times: 1 } : { times: 1, fault: `it says ${found.text}` };
    },
  });
  return [draft("a draft", "@liv_paints", {}), draft("a draft in a topic", FORUM, { topic })];
}
