import { expect, test } from "vitest";
import { LINA, OMAR, openLine, pair, type Line } from "./wire.js";

const CLUB = "@club_test";
const hashOf = (link: string): string => link.split("+")[1] ?? "";

async function alone(): Promise<Line> {
  const line = await openLine();
  line.sandbox.world.kick(CLUB, OMAR);
  return line;
}

const free = (line: Line) => {
  const [lina] = pair(line);
  const banned_rights = { _: "chatBannedRights", until_date: 0 } as const;
  return lina.ask("channels.editBanned", {
    channel: lina.channel(CLUB),
    participant: lina.peer("@omar_test"),
    banned_rights,
  });
};

test("a link lets people in as long and as often as it says, and tells who came", async () => {
  await using line = await alone();
  await free(line);
  const [lina, omar] = pair(line);
  const peer = lina.peer(CLUB);
  const made = await lina.ask("messages.exportChatInvite", { peer, usage_limit: 1, title: "For Omar" });
  if (made._ !== "chatInviteExported") throw new Error(made._);
  expect(made).toMatchObject({ usage_limit: 1, title: "For Omar", admin_id: BigInt(LINA) });
  await omar.ask("messages.importChatInvite", { hash: hashOf(made.link) });
  const came = { peer, link: made.link, offset_date: 0, offset_user: { _: "inputUserEmpty" } as const, limit: 10 };
  expect(await lina.ask("messages.getChatInviteImporters", came)).toMatchObject({
    count: 1,
    importers: [{ user_id: BigInt(OMAR) }],
  });
  expect(await lina.ask("messages.getExportedChatInvite", { peer, link: made.link })).toMatchObject({
    invite: { usage: 1 },
  });
  expect(await omar.refused("messages.checkChatInvite", { hash: hashOf(made.link) })).toBe("INVITE_HASH_EXPIRED");
  await lina.ask("messages.editExportedChatInvite", { peer, link: made.link, revoked: true });
  const own = { peer, admin_id: lina.user(LINA), limit: 10 };
  expect((await lina.ask("messages.getExportedChatInvites", own)).count).toBe(0);
  expect((await lina.ask("messages.getExportedChatInvites", { ...own, revoked: true })).count).toBe(1);
  expect(await lina.ask("messages.deleteExportedChatInvite", { peer, link: made.link })).toBe(true);
  const past = { peer, expire_date: 1_000_000_000 };
  expect(await lina.refused("messages.exportChatInvite", past)).toBe("EXPIRE_DATE_INVALID");
});

test("whoever asks to be let in waits for an admin, who lets him in or not", async () => {
  await using line = await alone();
  await free(line);
  const [lina, omar] = pair(line);
  const peer = lina.peer(CLUB);
  const made = await lina.ask("messages.exportChatInvite", { peer, request_needed: true });
  const hash = made._ === "chatInviteExported" ? hashOf(made.link) : "";
  expect(await omar.refused("messages.importChatInvite", { hash })).toBe("INVITE_REQUEST_SENT");
  expect(await lina.hears()).toMatchObject([{ _: "updatePendingJoinRequests", requests_pending: 1 }]);
  const waiting = { peer, requested: true, offset_date: 0, offset_user: { _: "inputUserEmpty" } as const, limit: 10 };
  expect(await lina.ask("messages.getChatInviteImporters", waiting)).toMatchObject({
    importers: [{ requested: true }],
  });
  const decide = { peer, user_id: lina.user(OMAR) };
  await lina.ask("messages.hideChatJoinRequest", decide);
  expect(await lina.refused("messages.hideChatJoinRequest", decide)).toBe("HIDE_REQUESTER_MISSING");
  expect(await omar.refused("messages.importChatInvite", { hash })).toBe("INVITE_REQUEST_SENT");
  await lina.ask("messages.hideChatJoinRequest", { ...decide, approved: true });
  expect([...line.sandbox.world.chat(CLUB).messages()].at(-1)?.action).toEqual({
    _: "messageActionChatJoinedByRequest",
  });
  await lina.ask("channels.toggleJoinRequest", { channel: lina.channel(CLUB), enabled: true });
  await omar.ask("channels.leaveChannel", { channel: omar.channel(CLUB) });
  expect(await omar.refused("channels.joinChannel", { channel: omar.channel(CLUB) })).toBe("INVITE_REQUEST_SENT");
});

test("a link without a limit is not dead", async () => {
  await using line = await alone();
  await free(line);
  const [lina, omar] = pair(line);
  const terms = { peer: lina.peer(CLUB), expire_date: 0, usage_limit: 0 };
  const made = await lina.ask("messages.exportChatInvite", terms);
  const hash = made._ === "chatInviteExported" ? hashOf(made.link) : "";
  expect(await omar.refused("messages.importChatInvite", { hash })).toBe("ok");
});
