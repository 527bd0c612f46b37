import type * as Tl from "../../tl/types.js";
import type { Mailbox } from "../mailbox.js";
import type { Message } from "../message.js";
import { channelPeer, chatPeer, peerKey, userPeer, type Peer } from "../peer.js";
import type { World } from "../world.js";
import { presentChat } from "./chat.js";
import { presentUser } from "./user.js";

/** The users and chats that appear in an answer, each once, as Telegram sends them along. */
export class Cast {
  readonly #peers = new Map<string, Peer>();

  constructor(
    readonly world: World,
    readonly viewer: Mailbox,
  ) {}

  add(peer: Peer | undefined): this {
    if (peer) this.#peers.set(peerKey(peer), peer);
    return this;
  }

  addUser(id: number | undefined): this {
    return id === undefined ? this : this.add(userPeer(id));
  }

  /** Everybody named in a message. */
  addMessage(message: Message): this {
    this.add(message.from).add(message.forward?.from).add(message.replyPeer).addUser(message.viaBot);
    for (const { recent } of message.reactions ?? []) for (const { from } of recent) this.add(from);
    for (const id of message.action ? usersIn(message.action) : []) this.addUser(Number(id));
    for (const entity of message.entities ?? []) {
      if (entity._ === "messageEntityMentionName") this.addUser(Number(entity.user_id));
    }
    return this;
  }

  get users(): Tl.TypeUser[] {
    const users: Tl.TypeUser[] = [];
    for (const peer of this.#peers.values()) {
      const user = peer.kind === "user" ? this.world.users.get(peer.id) : undefined;
      if (user) users.push(presentUser(this.world, this.viewer, user));
    }
    return users;
  }

  get chats(): Tl.TypeChat[] {
    const chats: Tl.TypeChat[] = [];
    for (const peer of this.#peers.values()) {
      const chat = peer.kind === "chat" ? this.world.groups.get(peer.id) : undefined;
      const channel = peer.kind === "channel" ? this.world.channels.get(peer.id) : undefined;
      const found = chat ?? channel;
      if (found) chats.push(presentChat(this.world, this.viewer, found));
    }
    return chats;
  }
}

export const peerOfChat = (chat: { readonly kind: string; readonly id: number }): Peer =>
  chat.kind === "group" ? chatPeer(chat.id) : channelPeer(chat.id);

function usersIn(action: Tl.TypeMessageAction): readonly bigint[] {
  switch (action._) {
    case "messageActionChatCreate":
    case "messageActionChatAddUser":
    case "messageActionInviteToGroupCall":
      return action.users;
    case "messageActionChatDeleteUser":
      return [action.user_id];
    case "messageActionChatJoinedByLink":
      return [action.inviter_id];
    default:
      return [];
  }
}
