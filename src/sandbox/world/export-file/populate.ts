import type { Account } from "../account.js";
import { deliver } from "../deliver.js";
import { StoredMembers, type Member } from "../members.js";
import { channelPeer, userPeer } from "../peer.js";
import { addServiceUser } from "../service-chat.js";
import { StoredHistory } from "../stored-history.js";
import type { Conversation } from "../chat.js";
import { fullName } from "../users.js";
import type { World } from "../world.js";
import { readMessage, type Reading } from "./message.js";
import { channelId, groupId, People } from "./people.js";
import { readExport, type Exported } from "./read.js";
import type { ExportedChat } from "./schema.js";

const READER_ID = 7_800_000_001;

/**
 * Makes a world of a Telegram Desktop export: its chats, and one account that is a member of all of them.
 *
 * @throws {@link WorldFileError}
 */
export function populateFromExport(world: World, file: string, json: unknown): void {
  const exported = readExport(file, json);
  addServiceUser(world);
  const reading: Reading = { world, people: new People(world), file };
  const account = addOwner(world, exported);
  addContacts(reading, exported, account);
  for (const chat of [...exported.chats, ...exported.left]) meetEverybody(reading, chat);
  // One sequence of ids for all private chats and basic groups: in the order of the ids.
  const chats = exported.chats.map((chat) => ({ chat, to: conversationFor(world, account, chat) }));
  for (const { chat, to } of chats) fill(reading, chat, to, account);
  for (const chat of exported.left) addLeft(reading, chat, account);
  addFrequent(reading, exported, account);
  for (const dialog of world.mailboxOf(account).dialogs.values()) {
    dialog.settle();
  }
}

/** Whose export it is: said in it, or the one who is not the other one in a private chat, or nobody in it. */
function addOwner(world: World, { owner, chats }: Exported): Account {
  const found = owner
    ? { id: owner.user_id, firstName: owner.first_name, lastName: owner.last_name, about: owner.bio }
    : guessOwner(chats);
  const username = owner?.username?.replace(/^@/, "");
  return world.addAccount(
    {
      firstName: "Sandbox Reader",
      phone: digitsOf(owner?.phone_number) ?? "9996621001",
      username: owner ? username : "sandbox_reader",
      ...found,
    },
    { code: "22222" },
  );
}

const digitsOf = (phone: string | undefined): string | undefined => phone?.replace(/\D/g, "") || undefined;

/** Contacts who have no Telegram have no id either. */
function addContacts({ world, people }: Reading, { contacts }: Exported, account: Account): void {
  for (const { user_id: id = 0, first_name: firstName, last_name: lastName, phone_number } of contacts) {
    if (id === 0 || id === account.id) continue;
    const user = world.users.add({ id, firstName, lastName: lastName || undefined, phone: digitsOf(phone_number) });
    people.user(id, fullName(user));
    world.mailboxOf(account).contacts.add(id);
  }
}

/** What Telegram Desktop calls the ways of having to do with somebody (export_output_json.cpp of its sources). */
const CATEGORIES = {
  people: "topPeerCategoryCorrespondents",
  inline_bots: "topPeerCategoryBotsInline",
  calls: "topPeerCategoryPhoneCalls",
} as const;

function addFrequent({ world }: Reading, { frequent }: Exported, account: Account): void {
  for (const { id, category, type, rating } of frequent) {
    const known = Object.entries(CATEGORIES).find(([name]) => name === category)?.[1];
    if (!known || type !== "user" || !world.users.get(id)) continue;
    world.mailboxOf(account).topPeers.add({ peer: userPeer(id), category: known, rating });
  }
}

/** A chat that was left: it is no longer in the list, and an export of everything still shows it. */
function addLeft(reading: Reading, chat: ExportedChat, account: Account): void {
  const to = conversationFor(reading.world, account, chat, true);
  fill(reading, chat, to, account);
  if (to.kind === "private") return;
  to.members.remove(account.id);
  if (to.kind !== "group") reading.world.mailboxOf(account).dialogs.delete(`channel:${to.id}`);
}

function guessOwner(chats: readonly ExportedChat[]): { readonly id: number; readonly firstName?: string } {
  for (const { type, id, messages } of chats) {
    if (type === "saved_messages") return { id, firstName: messages.find(({ from }) => from)?.from ?? "Me" };
    if (type !== "personal_chat" && type !== "bot_chat") continue;
    const own = messages.find(({ from_id }) => from_id && Number(String(from_id).replace(/\D/g, "")) !== id);
    if (own) return { id: Number(String(own.from_id).replace(/\D/g, "")), firstName: own.from ?? "Me" };
  }
  return { id: READER_ID };
}

/** Names first, so that a service message that has names only finds the people. */
function meetEverybody({ people }: Reading, { messages }: ExportedChat): void {
  for (const message of messages) {
    const id = message.from_id ?? message.actor_id;
    if (String(id).startsWith("channel") || id === undefined || id === null) continue;
    people.peer(id, message.from ?? message.actor);
  }
}

function conversationFor(world: World, account: Account, chat: ExportedChat, left = false): Conversation {
  const title = chat.name ?? "Deleted chat";
  const date = Math.floor(Date.parse(`${chat.messages[0]?.date ?? "2020-01-01T00:00:00"}Z`) / 1000);
  switch (chat.type) {
    case "saved_messages":
      return { kind: "private", between: [account.id, account.id] };
    case "personal_chat":
    case "bot_chat":
    case "replies":
    case "verification_codes": {
      const bot = chat.type === "bot_chat" || undefined;
      // The messages told of somebody by that id; that it is a bot, the chat alone tells.
      world.users.add({ id: chat.id, firstName: title, ...world.users.get(chat.id), bot });
      return { kind: "private", between: [account.id, chat.id] };
    }
    case "private_group":
      return world.addGroup({ id: groupId(chat.id), title, date, members: membersOf(world, account, chat, date) });
    default: {
      const kind = chat.type.endsWith("supergroup") ? "supergroup" : "channel";
      const members = membersOf(world, account, chat, date);
      const former = left ? [account.id] : [];
      // The file tells that a chat is public and not its name: it is given one.
      const name = chat.type.startsWith("public_") ? { username: `public_${chat.id}` } : {};
      const setup = { id: channelId(chat.id), kind, title, date, members, former, ...name } as const;
      return world.addChannel({ ...setup, history: new StoredHistory() });
    }
  }
}

function membersOf(world: World, account: Account, chat: ExportedChat, since: number): StoredMembers {
  const ids = chat.messages.flatMap(({ from_id, actor_id }) => {
    const id = String(from_id ?? actor_id ?? "");
    return /^(user)?\d+$/.test(id) ? [Number(id.replace("user", ""))] : [];
  });
  const people = [...new Set([...ids, account.id])].filter((id) => world.users.get(id)?.deleted !== true);
  return new StoredMembers(
    people.map((userId, place): Member => ({
      userId,
      since,
      role: place === 0 && ids.length > 0 ? "creator" : "member",
    })),
  );
}

function fill(reading: Reading, chat: ExportedChat, to: Conversation, account: Account): void {
  const lowest = chat.messages.reduce((low, { id }) => Math.min(low, id), 1);
  const home = to.kind === "channel" ? channelPeer(to.id) : undefined;
  const pinned: number[] = [];
  for (const message of [...chat.messages].sort((a, b) => a.id - b.id)) {
    const draft = readMessage(reading, message, 1 - lowest, home);
    const from = draft.from ?? (to.kind === "private" ? userPeer(chat.id) : undefined);
    deliver(reading.world, to, { ...draft, from }, account.id);
    if (message.action === "pin_message" && draft.replyTo !== undefined) pinned.push(draft.replyTo);
  }
  for (const id of pinned) pin(reading.world, to, account, id);
}

function pin(world: World, to: Conversation, account: Account, id: number): void {
  const isChannel = to.kind === "supergroup" || to.kind === "channel";
  const history = isChannel ? to.history : world.mailboxOf(account).find(id)?.dialog.history;
  const message = history?.byId(id);
  if (!message || message.pinned) return;
  history?.replace({ ...message, pinned: true });
  if (isChannel) to.pinned = [id, ...to.pinned];
}
