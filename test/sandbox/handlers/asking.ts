import { handlers } from "../../../src/sandbox/rpc/handlers/index.js";
import { Logins } from "../../../src/sandbox/login/logins.js";
import { openWorld } from "../../../src/sandbox/open-world.js";
import { RpcError, type RequestContext } from "../../../src/sandbox/rpc/handler.js";
import { encodeResult } from "../../../src/sandbox/tl/codec.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { passTime } from "../../../src/sandbox/world/release.js";
import { createWorld, type World, type WorldSource } from "../../../src/sandbox/world/world.js";
import { channelPeer, userPeer, type Peer } from "../../../src/sandbox/world/peer.js";
import { couple as described, LINA, OMAR } from "./wire.js";

export const NOW = Date.UTC(2025, 5, 16, 12);

type Ask = <M extends Tl.MethodName>(method: M, request: Tl.Methods[M]["request"]) => Tl.Methods[M]["result"];

export interface Session {
  readonly world: World;
  readonly me: number;
  readonly pushed: { readonly account: number; readonly updates: Tl.TypeUpdates }[];
  /** Calls a handler and checks that its answer can go over the wire. */
  readonly ask: Ask;
  inputChannel(which: string): Tl.inputChannel;
  inputUser(id: number): Tl.inputUser;
  peer(which: number | string): Tl.TypeInputPeer;
}

export function openSession(source: WorldSource | World, who?: number | string): Session {
  const world = createWorld(source, () => NOW);
  const account = who === undefined ? world.accounts[0] : world.account(who);
  if (!account) throw new Error("a world without accounts");
  const pushed: Session["pushed"] = [];
  const push: RequestContext["push"] = (to, updates) => pushed.push({ account: to.id, updates });
  const ask: Ask = (method, request) => {
    const handler = handlers[method];
    if (!handler) throw new Error(`${method} is not served`);
    passTime(world);
    const context: RequestContext = { world, account, dcId: world.mainDc, now: world.now(), push };
    const result = handler(request, context);
    encodeResult(method, result);
    return result;
  };
  const hash = (peer: Peer) => world.accessHashes.of(account.id, peer);
  return {
    world,
    me: account.id,
    pushed,
    ask,
    inputChannel: (which) => {
      const { id } = world.chat(which).peer;
      return { _: "inputChannel", channel_id: BigInt(id), access_hash: hash(channelPeer(id)) };
    },
    inputUser: (id) => ({ _: "inputUser", user_id: BigInt(id), access_hash: hash(userPeer(id)) }),
    peer: (which) => {
      const { id, kind } = world.chat(which).peer;
      if (kind === "user") return { _: "inputPeerUser", user_id: BigInt(id), access_hash: hash(userPeer(id)) };
      if (kind === "chat") return { _: "inputPeerChat", chat_id: BigInt(id) };
      return { _: "inputPeerChannel", channel_id: BigInt(id), access_hash: hash(channelPeer(id)) };
    },
  };
}

/** A request for the history of a chat, newest first. */
export const historyOf = (
  peer: Tl.TypeInputPeer,
  window: Partial<Tl.messages_getHistoryRequest> = {},
): Tl.messages_getHistoryRequest => ({
  _: "messages.getHistory",
  peer,
  offset_id: 0,
  offset_date: 0,
  add_offset: 0,
  limit: 100,
  max_id: 0,
  min_id: 0,
  hash: 0n,
  ...window,
});

export const textTo = (peer: Tl.TypeInputPeer, message: string, random_id: bigint): Tl.messages_sendMessageRequest => ({
  _: "messages.sendMessage",
  peer,
  message,
  random_id,
});

export const dialogsFrom = (window: Partial<Tl.messages_getDialogsRequest> = {}): Tl.messages_getDialogsRequest => ({
  _: "messages.getDialogs",
  offset_date: 0,
  offset_id: 0,
  offset_peer: { _: "inputPeerEmpty" },
  limit: 100,
  hash: 0n,
  ...window,
});

/** Every update that was pushed to an account. */
export const pushedTo = (session: Session, account: number): Tl.TypeUpdate[] =>
  session.pushed.flatMap((one) => (one.account === account && one.updates._ === "updates" ? one.updates.updates : []));

/** A world whose clock the test sets, as both accounts of the demo see it. */
export function couple() {
  const clock = { now: NOW };
  const world = createWorld("demo", () => clock.now);
  const mira = openSession(world, "mira_halvorsen");
  const tomas = openSession(world, "9996625678");
  return { clock, world, open: openWorld(world, new Logins()), mira, tomas };
}

/** The small world of the raw clients, as both of its accounts see it. */
export function club() {
  const clock = { now: NOW };
  const world = createWorld(described, () => clock.now);
  const [lina, omar] = [openSession(world, LINA), openSession(world, OMAR)];
  return { clock, world, open: openWorld(world, new Logins()), lina, omar };
}

/** The id of the last message of a chat, as the account numbers it. */
export function newestIn(session: Session, peer: Tl.TypeInputPeer): number {
  const [id = 0] = idsIn(session.ask("messages.getHistory", historyOf(peer, { limit: 1 })));
  return id;
}

/** A chat as the account's list shows it. */
export function listedDialog(session: Session, peer: Tl.TypeInputPeer): Tl.dialog {
  const { dialogs } = session.ask("messages.getPeerDialogs", {
    _: "messages.getPeerDialogs",
    peers: [{ _: "inputDialogPeer", peer }],
  });
  const [found] = dialogs;
  if (found?._ !== "dialog") throw new Error("no dialog");
  return found;
}

/** Uploads a file in one part and returns what a request names it by. */
export function upload(session: Session, bytes: Uint8Array, name: string, file_id = 77n): Tl.inputFile {
  session.ask("upload.saveFilePart", { _: "upload.saveFilePart", file_id, file_part: 0, bytes });
  return { _: "inputFile", id: file_id, parts: 1, name, md5_checksum: "" };
}

/** The ids in an answer that has messages. */
export const idsIn = (answer: Tl.Typemessages_Messages): number[] =>
  answer._ === "messages.messagesNotModified" ? [] : answer.messages.map((message) => message.id);

export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RpcError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "ok";
}
