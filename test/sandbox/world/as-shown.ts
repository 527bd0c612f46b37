import type * as Tl from "../../../src/sandbox/tl/types.js";
import type { World } from "../../../src/sandbox/world/world.js";
import { dialogsFrom, historyOf, openSession, refusal, type Session } from "../handlers/asking.js";

/** Everything that the accounts of a world are shown of it, as text that can be compared. */
export function asShown(world: World): string {
  const shown = world.accounts.map((account) => [account, ...shownTo(openSession(world, account.id))]);
  return JSON.stringify(shown, (_, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
  });
}

function shownTo(session: Session): unknown[] {
  const { ask, world } = session;
  const dialogs = [0, 1].map((folder_id) => ask("messages.getDialogs", dialogsFrom({ folder_id })));
  const people = [...world.users.known()].map(({ id }) =>
    ask("users.getFullUser", { _: "users.getFullUser", id: session.inputUser(id) }),
  );
  const chats = world.chats().map(({ id, kind }) => chatShown(session, id, kind));
  return [
    dialogs,
    people,
    chats,
    ask("contacts.getContacts", { _: "contacts.getContacts", hash: 0n }),
    ask("contacts.getBlocked", { _: "contacts.getBlocked", offset: 0, limit: 100 }),
    privacyShown(session),
  ];
}

const KEYS: readonly Tl.TypeInputPrivacyKey["_"][] = [
  "inputPrivacyKeyStatusTimestamp",
  "inputPrivacyKeyChatInvite",
  "inputPrivacyKeyForwards",
  "inputPrivacyKeyPhoneNumber",
  "inputPrivacyKeyAddedByPhone",
  "inputPrivacyKeyProfilePhoto",
  "inputPrivacyKeyAbout",
  "inputPrivacyKeyPhoneCall",
  "inputPrivacyKeyVoiceMessages",
];

const privacyShown = ({ ask }: Session): unknown[] =>
  KEYS.map((_) => ask("account.getPrivacy", { _: "account.getPrivacy", key: { _ } }).rules);

function chatShown(session: Session, id: number, kind: string): unknown {
  const peer = session.peer(id);
  const read = () => session.ask("messages.getHistory", historyOf(peer));
  const why = refusal(read);
  if (why !== "ok") return why;
  const history = read();
  const messages = history._ === "messages.messagesNotModified" ? [] : history.messages;
  return [history, messages.map((message) => beneath(session, peer, message)), aboutChat(session, id, kind)];
}

/** What a message has to offer beside itself. */
function beneath({ ask, world }: Session, peer: Tl.TypeInputPeer, message: Tl.TypeMessage): unknown {
  if (message._ !== "message") return undefined;
  const buttons = message.reply_markup?._ === "replyInlineMarkup" ? message.reply_markup.rows : [];
  const pressed = buttons
    .flatMap((row) => row.buttons)
    .flatMap((button) =>
      button._ === "keyboardButtonCallback"
        ? [
            outcome(() =>
              ask("messages.getBotCallbackAnswer", {
                ...{ _: "messages.getBotCallbackAnswer", peer, msg_id: message.id, data: button.data },
              }),
            ),
          ]
        : [],
    );
  const document = message.media?._ === "messageMediaDocument" ? message.media.document : undefined;
  const file = document?._ === "document" ? world.files.get(document.id) : undefined;
  const poll = message.media?._ === "messageMediaPoll" ? message.media.poll : undefined;
  const known = poll && world.polls.get(poll.id);
  return [
    pressed,
    file?.kind === "document" ? file.bytes.read(0, 100) : undefined,
    known?.key,
    [...(known?.votes ?? [])],
  ];
}

function outcome(act: () => unknown): unknown {
  const why = refusal(act);
  return why === "ok" ? act() : why;
}

function aboutChat(session: Session, id: number, kind: string): unknown {
  const { ask } = session;
  const peer = session.peer(id);
  if (peer._ === "inputPeerChat")
    return ask("messages.getFullChat", { _: "messages.getFullChat", chat_id: peer.chat_id });
  if (peer._ !== "inputPeerChannel") return undefined;
  const channel = { ...peer, _: "inputChannel" } as const;
  const members = (filter: Tl.TypeChannelParticipantsFilter) =>
    outcome(() =>
      ask("channels.getParticipants", {
        ...{ _: "channels.getParticipants", channel, filter, offset: 0, limit: 200, hash: 0n },
      }),
    );
  const topics = () =>
    ask("channels.getForumTopics", {
      ...{ _: "channels.getForumTopics", channel, offset_date: 0, offset_id: 0, offset_topic: 0, limit: 100 },
    });
  return [
    kind,
    ask("channels.getFullChannel", { _: "channels.getFullChannel", channel }),
    members({ _: "channelParticipantsRecent" }),
    members({ _: "channelParticipantsKicked", q: "" }),
    members({ _: "channelParticipantsBanned", q: "" }),
    outcome(topics),
  ];
}
