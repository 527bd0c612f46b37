import { StoredMembers } from "../members.js";
import { channelPeer, chatPeer, userPeer, type Peer } from "../peer.js";
import { StoredHistory } from "../stored-history.js";
import type { World } from "../world.js";
import type { ExportedMessage } from "./schema.js";

type PeerId = NonNullable<ExportedMessage["from_id"]>;

/** Ids for people whom the file knows by name alone. */
const FIRST_NAMELESS_ID = 7_900_000_001;
/** The smallest channel id that has as many digits as clients expect. */
const LOWEST_CHANNEL_ID = 1_000_000_000;

export const channelId = (id: number): number => (id > LOWEST_CHANNEL_ID ? id : id + LOWEST_CHANNEL_ID);

/** Clients write the ids of channels as -100…, so that of a basic group must not begin like that. */
export const groupId = (id: number): number => (String(id).startsWith("100") ? Number(`2${id}`) : id);

/** Everybody who appears in the file, put into the world as they are met. */
export class People {
  readonly #byName = new Map<string, number>();
  #nextId = FIRST_NAMELESS_ID;

  constructor(readonly world: World) {}

  peer(id: PeerId, name: string | null | undefined): Peer {
    const [, kind = "user", digits = "0"] = /^(user|chat|channel)?(\d+)$/.exec(String(id)) ?? [];
    const number = Number(digits);
    if (kind === "chat") return chatPeer(groupId(number));
    return kind === "channel" ? this.channel(number, name) : this.user(number, name);
  }

  user(id: number, name: string | null | undefined): Peer {
    const known = this.world.users.get(id);
    if (!known || (known.deleted && name))
      this.world.users.add(name ? { id, firstName: name } : { id, firstName: "", deleted: true });
    if (name) this.#byName.set(name, id);
    return userPeer(id);
  }

  /** Somebody of whom there is only a name: the one who bears it elsewhere in the file, or somebody new. */
  named(name: string, bot = false): number {
    const known = this.#byName.get(name) ?? this.world.users.byUsername(name)?.id;
    if (known !== undefined) return known;
    const id = this.#nextId++;
    this.world.users.add(bot ? { id, firstName: name, username: name, bot } : { id, firstName: name });
    this.#byName.set(name, id);
    return id;
  }

  /** A channel that is only quoted is not one the account can enter. */
  channel(bare: number, name: string | null | undefined): Peer {
    const id = channelId(bare);
    if (!this.world.channels.has(id)) this.#quoted(id, name ?? "Channel");
    return channelPeer(id);
  }

  #quoted(id: number, title: string): void {
    const history = new StoredHistory();
    this.world.addChannel({ id, kind: "channel", title, date: 0, history, members: new StoredMembers() });
  }
}
