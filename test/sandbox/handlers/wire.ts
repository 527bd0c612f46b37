import { startSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { decodeResult, type TlObject } from "../../../src/sandbox/tl/codec.js";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { AccessHashes } from "../../../src/sandbox/world/access-hash.js";
import { channelPeer, chatPeer, userPeer } from "../../../src/sandbox/world/peer.js";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import type { WorldSource } from "../../../src/sandbox/world/world.js";
import { rsaPad, shake } from "../handshake-client.js";
import { initialising, RawClient } from "../raw-client.js";

type Request<M extends Tl.MethodName> = Omit<Tl.Methods[M]["request"], "_">;

/** An account at the other end of a TCP connection. */
export interface Wired {
  readonly me: number;
  /** What the server answers; a refusal is thrown as an Error of its name. */
  readonly ask: <M extends Tl.MethodName>(method: M, request: Request<M>) => Promise<Tl.Methods[M]["result"]>;
  /** The same as a part of the account's export with that id. */
  readonly within: <M extends Tl.MethodName>(
    takeout: bigint,
    method: M,
    request: Request<M>,
  ) => Promise<Tl.Methods[M]["result"]>;
  /** The name of the error that a request is refused with, or "ok". */
  readonly refused: <M extends Tl.MethodName>(method: M, request: Request<M>) => Promise<string>;
  /** The updates of the next container that the server pushes. */
  readonly hears: () => Promise<readonly Tl.TypeUpdate[]>;
  readonly peer: (which: number | string) => Tl.TypeInputPeer;
  readonly user: (id: number) => Tl.inputUser;
  readonly channel: (which: number | string) => Tl.inputChannel;
}

export interface Line extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly accounts: readonly Wired[];
}

const hashes = new AccessHashes();

/** Hears of each method that was answered, and not refused, once the answer has been read by its type. */
export type OnAnswer = (method: string) => void;

/** A running sandbox with a raw client for each of its accounts. */
export async function openLine(world: WorldSource = couple, onAnswer?: OnAnswer): Promise<Line> {
  const sandbox = await startSandbox({ world });
  const clients = await Promise.all(sandbox.info.accounts.map((_, place) => RawClient.loggedIn(sandbox.info, place)));
  const accounts = clients.map((client, place) => {
    return wired(sandbox, client, sandbox.info.accounts[place]?.id ?? 0, onAnswer);
  });
  return {
    sandbox,
    accounts,
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close();
      await sandbox.close();
    },
  };
}

/** A client on a key of its own, with which a bot has logged in by its token. Whoever asked for it closes it. */
export async function botAt(
  sandbox: Sandbox,
  username: string,
  onAnswer?: OnAnswer,
): Promise<Wired & { readonly close: () => void }> {
  const bot = sandbox.world.bots.find((one) => one.username === username);
  if (!bot) throw new Error(`no bot with a token is called ${username}`);
  const { client } = await shake(sandbox.info, { inner: "p_q_inner_data_dc", pad: rsaPad });
  await client.request(initialising({ _: "help.getConfig" }));
  const { apiId: api_id, apiHash: api_hash } = sandbox.info;
  const who = wired(sandbox, client, bot.id, onAnswer);
  await who.ask("auth.importBotAuthorization", { flags: 0, api_id, api_hash, bot_auth_token: bot.token });
  return {
    ...who,
    close: () => {
      client.close();
    },
  };
}

/** The first two accounts of a sandbox. */
export function pair({ accounts: [first, second] }: Line): readonly [Wired, Wired] {
  if (!first || !second) throw new Error("fewer than two accounts");
  return [first, second];
}

/** @param me the id of the account that the client is logged in with */
export function wired(sandbox: Sandbox, client: RawClient, me: number, onAnswer?: OnAnswer): Wired {
  const sent = async <M extends Tl.MethodName>(method: M, request: TlObject): Promise<Tl.Methods[M]["result"]> => {
    const { bytes, error } = await client.request(request);
    if (typeof error === "string") throw new Error(error);
    const answer = decodeResult(method, bytes as Uint8Array);
    onAnswer?.(method);
    return answer;
  };
  const ask = <M extends Tl.MethodName>(method: M, request: Request<M>) => sent(method, { ...request, _: method });
  const within = <M extends Tl.MethodName>(takeout_id: bigint, method: M, request: Request<M>) => {
    const wrapped = { _: "invokeWithTakeout", takeout_id, query: { ...request, _: method } };
    return sent(method, wrapped);
  };
  const user = (id: number): Tl.inputUser => ({
    _: "inputUser",
    user_id: BigInt(id),
    access_hash: hashes.of(me, userPeer(id)),
  });
  const peer = (which: number | string): Tl.TypeInputPeer => peerOf(sandbox, me, which);
  return {
    me,
    ask,
    within,
    refused: async (method, request) => {
      try {
        await ask(method, request);
        return "ok";
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    hears: async () => {
      const { object } = await client.next("updates");
      return object["updates"] as readonly Tl.TypeUpdate[];
    },
    peer,
    user,
    channel: (which) => {
      const found = peer(which);
      if (found._ !== "inputPeerChannel") throw new Error(`${which} is no channel`);
      return { ...found, _: "inputChannel" };
    },
  };
}

function peerOf({ world }: Sandbox, me: number, which: number | string): Tl.TypeInputPeer {
  const { id } = world.chat(which);
  if (id > 0) return { _: "inputPeerUser", user_id: BigInt(id), access_hash: hashes.of(me, userPeer(id)) };
  if (id > -1_000_000_000_000) return { _: "inputPeerChat", chat_id: BigInt(chatPeer(-id).id) };
  const bare = -id - 1_000_000_000_000;
  return { _: "inputPeerChannel", channel_id: BigInt(bare), access_hash: hashes.of(me, channelPeer(bare)) };
}

export const LINA = 7001;
export const OMAR = 7002;
export const PETRA = 7003;
export const BOT = 7004;

/** Lina and Omar, who can log in, a friend, a bot, and the chats that they share. */
export function couple(world: WorldBuilder): void {
  world.user({
    id: LINA,
    firstName: "Lina",
    username: "lina_test",
    phone: "9996620001",
    account: { contacts: [OMAR] },
  });
  world.user({
    ...{ id: OMAR, firstName: "Omar", username: "omar_test", phone: "9996620002", presence: "recently" },
    account: { contacts: [LINA] },
  });
  world.user({ id: PETRA, firstName: "Petra", phone: "9996620003" });
  world.user({ id: BOT, firstName: "Kiosk", username: "kiosk_bot", bot: true });
  const club = world.supergroup({ title: "Club", username: "club_test", creator: LINA, members: [OMAR, PETRA, BOT] });
  club.post({ from: LINA, text: "Welcome", pinned: true });
  club.post({ from: OMAR, text: "Hello @lina_test" });
  club.post({
    from: BOT,
    text: "Order?",
    buttons: [
      [{ text: "Tea", data: "tea", answer: { text: "Coming", alert: true } }],
      [{ text: "Cake", data: "cake" }],
    ],
  });
  world.group({ title: "Family", creator: LINA, members: [OMAR] }).post({ from: OMAR, text: "Dinner?" });
  world.channel({ title: "News", username: "news_test", creator: LINA, members: [OMAR] }).post("Bridge closed");
  world.privateChat(LINA, OMAR).post("Tea?");
  world.privateChat(LINA, BOT).post({ from: BOT, text: "Hi" });
}

export const rights = (...names: readonly string[]): Tl.chatAdminRights => ({
  _: "chatAdminRights",
  ...Object.fromEntries(names.map((name) => [name, true])),
});
