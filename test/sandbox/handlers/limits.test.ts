import { expect, test } from "vitest";
import { couple, refusal, textTo, upload, type Session } from "./asking.js";

const WORK = "@tidewater_lab";
const FORUM = "@quayside_forum";
let randomIds = 0n;

const write =
  (session: Session, which: string | number, text = "hello") =>
  () =>
    session.ask("messages.sendMessage", textTo(session.peer(which), text, ++randomIds));

test("slow mode makes members wait, not admins, and a repetition is recognised first", () => {
  const { mira, tomas, open, clock } = couple();
  open.setSlowMode(WORK, 60);
  const first = textTo(tomas.peer(WORK), "one", 500n);
  tomas.ask("messages.sendMessage", first);
  expect(refusal(write(tomas, WORK))).toBe("420 SLOWMODE_WAIT_60");
  expect(refusal(() => tomas.ask("messages.sendMessage", first))).toBe("500 RANDOM_ID_DUPLICATE");
  clock.now += 45_000;
  expect(refusal(write(tomas, WORK))).toBe("420 SLOWMODE_WAIT_15");
  const full = tomas.ask("channels.getFullChannel", {
    _: "channels.getFullChannel",
    channel: tomas.inputChannel(WORK),
  });
  expect(full.full_chat).toMatchObject({ slowmode_seconds: 60, slowmode_next_send_date: clock.now / 1000 + 15 });
  clock.now += 15_000;
  expect(refusal(write(tomas, WORK))).toBe("ok");
  for (let n = 0; n < 3; n++) expect(refusal(write(mira, WORK))).toBe("ok");
  clock.now += 60_000;
  const two = () =>
    tomas.ask("messages.forwardMessages", {
      _: "messages.forwardMessages",
      from_peer: tomas.peer("@harbour_gazette"),
      to_peer: tomas.peer(WORK),
      id: [3, 4],
      random_id: [++randomIds, ++randomIds],
    });
  expect(refusal(two)).toBe("400 SLOWMODE_MULTI_MSGS_DISABLED");
});

test("what members may send can be narrowed kind by kind", () => {
  const { tomas, open } = couple();
  const file = upload(tomas, Buffer.from("text"), "a.txt");
  const send = (attributes: readonly { _: "documentAttributeAnimated" }[]) => () =>
    tomas.ask("messages.sendMedia", {
      _: "messages.sendMedia",
      peer: tomas.peer(WORK),
      media: { _: "inputMediaUploadedDocument", file, mime_type: "text/plain", attributes },
      message: "",
      random_id: ++randomIds,
    });
  open.setDefaultRights(WORK, ["send_media"]);
  expect(refusal(send([]))).toBe("403 CHAT_SEND_MEDIA_FORBIDDEN");
  expect(refusal(send([{ _: "documentAttributeAnimated" }]))).toBe("ok");
  expect(refusal(write(tomas, WORK))).toBe("ok");
  open.setDefaultRights(WORK, ["send_docs", "send_gifs"]);
  expect(refusal(send([]))).toBe("403 CHAT_SEND_DOCS_FORBIDDEN");
  expect(refusal(send([{ _: "documentAttributeAnimated" }]))).toBe("403 CHAT_SEND_GIFS_FORBIDDEN");
  open.setDefaultRights(WORK, ["send_messages"]);
  expect(refusal(write(tomas, WORK))).toBe("403 CHAT_WRITE_FORBIDDEN");
  open.setRights(WORK, tomas.me, { admin: true });
  expect(refusal(write(tomas, WORK))).toBe("ok");
});

test("who has blocked the other cannot write to him, nor he to him", () => {
  const { mira, tomas, open } = couple();
  const id = { ...mira.inputUser(tomas.me), _: "inputPeerUser" } as const;
  mira.ask("contacts.block", { _: "contacts.block", id });
  expect(refusal(write(mira, "Tomás Ferreira"))).toBe("400 YOU_BLOCKED_USER");
  expect(refusal(write(tomas, "Mira Halvorsen"))).toBe("400 USER_IS_BLOCKED");
  const list = mira.ask("contacts.getBlocked", { _: "contacts.getBlocked", offset: 0, limit: 10 });
  expect(list.blocked.map(({ peer_id }) => peer_id)).toEqual([{ _: "peerUser", user_id: BigInt(tomas.me) }]);
  mira.ask("contacts.unblock", { _: "contacts.unblock", id });
  expect(refusal(write(mira, "Tomás Ferreira"))).toBe("ok");
  open.block(mira.me, "@liv_paints");
  expect(refusal(write(mira, "Liv Halvorsen 🌻"))).toBe("400 USER_IS_BLOCKED");
});

test("a limited account writes to people it knows, and not in public groups", () => {
  const { mira, open } = couple();
  open.limit("mira_halvorsen", { strangers: true });
  expect(refusal(write(mira, "Ruth Okafor"))).toBe("400 PEER_FLOOD");
  expect(refusal(write(mira, "Liv Halvorsen 🌻"))).toBe("ok");
  open.post("Ruth Okafor", { from: "@ruth_okafor", text: "Hello?" });
  expect(refusal(write(mira, "Ruth Okafor"))).toBe("ok");
  expect(refusal(write(mira, FORUM))).toBe("ok");
  open.limit("mira_halvorsen", { publicGroups: true });
  expect(refusal(write(mira, FORUM))).toBe("400 USER_BANNED_IN_CHANNEL");
  expect(refusal(write(mira, "Family 🏡"))).toBe("ok");
});
