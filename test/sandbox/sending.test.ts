import { expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/index.js";
import type * as Tl from "../../src/sandbox/tl/types.js";
import { made } from "./login-desk.js";
import { RawClient } from "./raw-client.js";

const text = (peer: Tl.TypeInputPeer, message: string, random_id: bigint) =>
  made("messages.sendMessage", { peer, message, random_id });

it("notes to self are answered with the whole message, texts to another in the short form", async () => {
  await using sandbox = await startSandbox();
  const client = await RawClient.loggedIn(sandbox.info);
  const me = BigInt(sandbox.info.accounts[0]?.id ?? 0);

  const { value } = await client.request(text({ _: "inputPeerSelf" }, "a note to self", 71n));
  const noted = value as Tl.updates;
  expect(noted._).toBe("updates");
  expect(noted.users.map((user) => user.id)).toEqual([me]);
  const [named, came] = noted.updates;
  if (came?._ !== "updateNewMessage" || came.message._ !== "message") throw new Error(came?._);
  expect(named).toEqual({ _: "updateMessageID", id: came.message.id, random_id: 71n });
  expect(came.message).toMatchObject({ peer_id: { _: "peerUser", user_id: me }, message: "a note to self" });
  expect(came.pts_count).toBe(1);

  const told = (await client.request(made("contacts.resolveUsername", { username: "kenta_nakamura" })))["value"];
  const [kenta] = (told as Tl.contacts_resolvedPeer).users as readonly Tl.user[];
  const peer: Tl.inputPeerUser = {
    _: "inputPeerUser",
    user_id: kenta?.id ?? 0n,
    access_hash: kenta?.access_hash ?? 0n,
  };
  const sent = await client.request(text(peer, "a text to another", 72n));
  expect(sent["value"]).toMatchObject({ _: "updateShortSentMessage", out: true, pts: came.pts + 1, pts_count: 1 });
  client.close();
});
