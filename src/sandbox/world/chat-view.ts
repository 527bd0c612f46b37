import { oldestFirst, type History } from "./history.js";
import { allPeers, chatInfo, type ChatInfo } from "./listing.js";
import { eachMember, type Member, type Members } from "./members.js";
import type { Message } from "./message.js";
import { peerKey, userPeer, type Peer } from "./peer.js";
import { StoredHistory } from "./stored-history.js";
import { fullName } from "./users.js";
import type { World } from "./world.js";

/** A message as the world holds it, with the two things a test asks for first. */
interface SeenMessage extends Message {
  /** The sender's user id, or the channel's id for what a channel says. */
  readonly fromId: number;
  /** Written by the account whose mailbox holds it. False in channels and supergroups, which belong to no account. */
  readonly out: boolean;
}

/** The truth about a chat, to compare with what a client made of it. */
export interface ChatView extends ChatInfo {
  readonly peer: Peer;
  /** The account in whose mailbox it was found; absent for channels and supergroups. */
  readonly owner?: number;
  readonly count: number;
  /** Oldest first. */
  messages(): IterableIterator<SeenMessage>;
  byId(id: number): SeenMessage | undefined;
  members(): IterableIterator<Member>;
}

export function viewChat(world: World, which: number | string): ChatView {
  const peer = findPeer(world, which);
  const info = chatInfo(world, peer);
  const { history, owner } = historyOf(world, peer);
  const seen = (message: Message): SeenMessage => ({
    ...message,
    fromId: message.from?.id ?? peer.id,
    out: owner !== undefined && message.from?.kind === "user" && message.from.id === owner,
  });
  return {
    ...info,
    peer,
    ...(owner === undefined ? {} : { owner }),
    get count() {
      return history.count;
    },
    *messages() {
      for (const message of oldestFirst(history)) yield seen(message);
    },
    byId(id) {
      const message = history.byId(id);
      return message && seen(message);
    },
    members: () => eachMember(membersOf(world, peer)),
  };
}

/** By id, with or without its mark, by `@username`, and only then by title. */
function findPeer(world: World, which: number | string): Peer {
  const name = typeof which === "string" ? which.replace(/^@/, "").toLowerCase() : which;
  const chats = allPeers(world).map((peer) => ({ peer, ...chatInfo(world, peer) }));
  const found =
    chats.find(({ id }) => id === name) ??
    chats.find(({ peer, username }) => peer.id === name || username?.toLowerCase() === name) ??
    chats.find(({ title }) => title.toLowerCase() === name);
  const person = found ? undefined : personNamed(world, which);
  if (found) return found.peer;
  if (person === undefined) throw new Error(`this world has no chat ${which}`);
  return userPeer(person);
}

/** Somebody nobody has written with yet, by id, `@username` or full name. */
export function personNamed(world: World, who: number | string): number | undefined {
  if (typeof who === "number") return world.users.get(who)?.id;
  const byUsername = world.users.byUsername(who.replace(/^@/, ""));
  if (byUsername) return byUsername.id;
  for (const user of world.users.known()) if (fullName(user).toLowerCase() === who.toLowerCase()) return user.id;
  return undefined;
}

export function historyOf(world: World, peer: Peer): { readonly history: History; readonly owner?: number } {
  const channel = peer.kind === "channel" ? world.channels.get(peer.id) : undefined;
  if (channel) return { history: channel.history };
  // Who was taken out of a basic group keeps a copy to which nothing comes any more.
  const group = peer.kind === "chat" ? world.groups.get(peer.id) : undefined;
  const current = group ? world.membersAmongAccounts(group) : [];
  for (const mailbox of [...current, ...world.mailboxes()]) {
    const dialog = mailbox.dialogs.get(peerKey(peer));
    if (dialog) return { history: dialog.history, owner: mailbox.accountId };
  }
  const [first] = world.mailboxes();
  if (peer.kind !== "user" || !first) throw new Error(`nobody has messages with ${peerKey(peer)}`);
  return { history: new StoredHistory(), owner: first.accountId };
}

function membersOf(world: World, peer: Peer): Members {
  const chat = peer.kind === "chat" ? world.groups.get(peer.id) : world.channels.get(peer.id);
  if (!chat || peer.kind === "user") throw new Error(`${peerKey(peer)} has no members`);
  return chat.members;
}
