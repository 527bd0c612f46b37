import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { couple, pushedTo, refusal, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const GAZETTE = "@harbour_gazette";
const FAMILY = "Family 🏡";

const pass = (
  session: Session,
  from: string,
  to: string,
  id: readonly number[],
  random_id: readonly bigint[],
  more: Partial<Tl.messages_forwardMessagesRequest> = {},
) =>
  session.ask("messages.forwardMessages", {
    _: "messages.forwardMessages",
    from_peer: session.peer(from),
    to_peer: session.peer(to),
    id,
    random_id,
    ...more,
  });

const lastOf = (view: { messages(): Iterable<unknown> }, count: number) => [...view.messages()].slice(-count);

test("messages are passed on with their origin, and one request's numbers are used once", () => {
  const { mira, tomas, world } = couple();
  const answer = pass(mira, GAZETTE, FAMILY, [3, 4], [1n, 2n]);
  if (answer._ !== "updates") throw new Error(answer._);
  expect(answer.updates.filter(({ _ }) => _ === "updateMessageID")).toHaveLength(2);
  const gazette = world.chat(GAZETTE);
  const copies = lastOf(world.chat(FAMILY), 2);
  expect(copies).toMatchObject(
    [3, 4].map((id) => ({
      text: gazette.byId(id)?.text,
      forward: { from: { kind: "channel", id: gazette.peer.id }, post: id, date: gazette.byId(id)?.date },
    })),
  );
  expect(pushedTo(mira, tomas.me).map(({ _ }) => _)).toEqual(["updateNewMessage", "updateNewMessage"]);
  const { count } = world.chat(FAMILY);
  expect(refusal(() => pass(mira, GAZETTE, FAMILY, [5, 6], [3n, 2n]))).toBe("500 RANDOM_ID_DUPLICATE");
  expect(refusal(() => pass(mira, GAZETTE, FAMILY, [5, 6], [3n, 3n]))).toBe("500 RANDOM_ID_DUPLICATE");
  expect(world.chat(FAMILY).count).toBe(count);
});

test("author and captions can be left out", () => {
  const { mira, world } = couple();
  const withPhoto = [...world.chat(GAZETTE).messages()].find(({ media }) => media)?.id ?? 0;
  pass(mira, GAZETTE, WORK, [withPhoto], [1n], { drop_author: true, drop_media_captions: true });
  const [copy] = lastOf(world.chat(WORK), 1);
  expect(copy).toMatchObject({ text: "", media: { kind: "photo" } });
  expect(copy).not.toHaveProperty("forward");
});

test("what is not there is left out, and nothing at all is an error", () => {
  const { mira, world } = couple();
  const { count } = world.chat(WORK);
  pass(mira, GAZETTE, WORK, [3, 9999], [1n, 2n]);
  expect(world.chat(WORK).count).toBe(count + 1);
  expect(refusal(() => pass(mira, GAZETTE, WORK, [9999], [3n]))).toBe("400 MESSAGE_ID_INVALID");
  expect(refusal(() => pass(mira, GAZETTE, WORK, [], []))).toBe("400 MESSAGE_IDS_EMPTY");
  expect(refusal(() => pass(mira, GAZETTE, WORK, [3], [3n, 4n]))).toBe("400 RANDOM_ID_INVALID");
  expect(refusal(() => pass(mira, GAZETTE, "@quiet_quay", [3], [3n]))).toBe("403 CHAT_WRITE_FORBIDDEN");
});

test("a protected chat gives nothing away, nor does a protected message", () => {
  const { mira, tomas, open } = couple();
  mira.ask("messages.sendMessage", {
    _: "messages.sendMessage",
    peer: mira.peer(FAMILY),
    message: "between us",
    random_id: 9n,
    noforwards: true,
  });
  const id = [...open.chat(FAMILY).messages()].at(-1)?.id ?? 0;
  expect(refusal(() => pass(mira, FAMILY, WORK, [id], [1n]))).toBe("400 CHAT_FORWARDS_RESTRICTED");
  open.protect(GAZETTE);
  expect(refusal(() => pass(tomas, GAZETTE, WORK, [3], [1n]))).toBe("400 CHAT_FORWARDS_RESTRICTED");
  open.protect(GAZETTE, false);
  expect(refusal(() => pass(tomas, GAZETTE, WORK, [3], [1n]))).toBe("ok");
});

test("who hides his account is known by name alone, and a topic can be named", () => {
  const { mira, open } = couple();
  open.setPrivacy("@jonas_lq", { forwards: "nobody" });
  const jonas = [...open.chat(WORK).messages()].find(({ fromId }) => fromId === 6_210_400_401)?.id ?? 0;
  const forum = "@quayside_forum";
  const topic =
    [...open.chat(forum).messages()].find(({ action }) => action?._ === "messageActionTopicCreate")?.id ?? 0;
  pass(mira, WORK, forum, [jonas], [1n], { top_msg_id: topic });
  const [copy] = lastOf(open.chat(forum), 1);
  expect(copy).toMatchObject({ topId: topic, inTopic: true, forward: { name: "Jonas Lindqvist" } });
  expect(refusal(() => pass(mira, WORK, forum, [jonas], [2n], { top_msg_id: 9999 }))).toBe("400 TOPIC_DELETED");
});
