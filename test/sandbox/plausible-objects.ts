import type { Definition } from "../../src/sandbox/tl/definitions.js";
import { ObjectMaker } from "./generated-objects.js";
import { ask, MIRA } from "./login-desk.js";
import type { RawClient } from "./raw-client.js";

type Fields = Readonly<Record<string, unknown>>;

/** What exists in the world of the demo: its people and chats as requests name them. */
export interface Known {
  readonly peers: readonly Fields[];
  readonly users: readonly Fields[];
  readonly channels: readonly Fields[];
  readonly groups: readonly bigint[];
}

/** Lets the account found a group, a supergroup with topics and a channel, where it may do everything. */
export async function foundChats(client: RawClient): Promise<void> {
  await ask(client, "messages.createChat", { users: [], title: "Own group" });
  await ask(client, "channels.createChannel", { megagroup: true, forum: true, title: "Own forum", about: "" });
  await ask(client, "channels.createChannel", { megagroup: true, title: "Own supergroup", about: "" });
  await ask(client, "channels.createChannel", { broadcast: true, title: "Own channel", about: "" });
}

/** Reads it from the account's dialogs. */
export async function knownTo(client: RawClient): Promise<Known> {
  const offset = { offset_date: 0, offset_id: 0, offset_peer: { _: "inputPeerEmpty" }, limit: 100, hash: 0n };
  const { value } = await ask(client, "messages.getDialogs", offset);
  const users = (value["users"] as readonly Fields[]).map(({ id, access_hash, self }) =>
    self === true ? { _: "inputUserSelf" } : { _: "inputUser", user_id: id, access_hash },
  );
  const chats = value["chats"] as readonly Fields[];
  const channels = chats.flatMap(({ _, id, access_hash }) =>
    _ === "channel" ? [{ _: "inputChannel", channel_id: id, access_hash }] : [],
  );
  const groups = chats.flatMap(({ _, id }) => (_ === "chat" ? [id as bigint] : []));
  const peers = [
    { _: "inputPeerSelf" },
    ...users.map((user) => ({ ...user, _: user._.replace("User", "Peer").replace("inputPeer", "inputPeerUser") })),
    ...channels.map((channel) => ({ ...channel, _: "inputPeerChannel" })),
    ...groups.map((chat_id) => ({ _: "inputPeerChat", chat_id })),
  ].map((peer) => (peer._ === "inputPeerUserSelf" ? { _: "inputPeerSelf" } : peer));
  return { peers, users, channels, groups };
}

/** Fields that are good with one value alone. */
const FIXED: Readonly<Record<string, unknown>> = {
  api_id: 1000,
  api_hash: "0123456789abcdef0123456789abcdef",
  phone: MIRA,
  phone_number: MIRA,
  lang_code: "en",
  lang_pack: "tdesktop",
};

/** Makes requests that might succeed: about chats that exist, with ids of messages that may be there. */
export class PlausibleMaker extends ObjectMaker {
  constructor(
    definitions: readonly Definition[],
    seed: number,
    private readonly known: Known,
  ) {
    super(definitions, seed);
  }

  protected override field(name: string, type: string, depth: number): unknown {
    const { groups } = this.known;
    if (name === "chat_id" && type === "long") return groups[this.random(groups.length)] ?? 1n;
    if (name === "random_id" && type === "long") return BigInt(this.random(0x7fffffff)) + 1n;
    const fixed = type === "string" || type === "int" ? FIXED[name] : undefined;
    if (fixed !== undefined) return fixed;
    if (type === "string" && name === "username")
      return ["tidewater_lab", "harbour_gazette", "mira_halvorsen", "tomas_ferreira"][this.random(4)];
    if (type === "string" && /^(q|message|title)$/.test(name)) return ["the", "a note", "boat"][this.random(3)];
    if (type === "int" && name === "limit") return this.random(100) + 1;
    if (type === "int" && /date|period|until|ttl/.test(name)) return 0;
    if (type === "int") return this.random(4) === 0 ? 0 : this.random(420) + 1;
    if (type === "Vector<int>") return [this.random(420) + 1];
    if (type === "Vector<long>" && name === "random_id") return [BigInt(this.random(0x7fffffff)) + 1n];
    if (type === "Vector<long>" && name === "id") return [...groups];
    return super.field(name, type, depth);
  }

  override value(type: string, depth: number): unknown {
    const { peers, users, channels } = this.known;
    const one = (list: readonly Fields[]): Fields | undefined => list[this.random(list.length)];
    switch (type) {
      case "InputPeer":
        return one(peers);
      case "InputUser":
        return one(users);
      case "InputChannel":
        return one(channels);
      case "InputDialogPeer":
        return { _: "inputDialogPeer", peer: one(peers) };
      case "InputMessage":
        return { _: "inputMessageID", id: this.random(420) + 1 };
      case "Reaction":
        return { _: "reactionEmoji", emoticon: "👍" };
      case "MessagesFilter":
        return { _: "inputMessagesFilterEmpty" };
      case "MessageEntity":
        return { _: "messageEntityBold", offset: 0, length: 1 };
      default:
        return super.value(type, depth);
    }
  }
}
