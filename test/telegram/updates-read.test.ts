import { describe, expect, it } from "vitest";
import bigInt from "big-integer";
import { Api } from "telegram";
import { toMessage } from "../../src/models/message.js";
import { userPeer, chatPeer, type Peer } from "../../src/telegram/peer.js";
import { readUpdates, type ReadUpdates } from "../../src/telegram/updates-read.js";

const SELF = 1;
const LIV = 5;
const GROUP = 9;
const CHANNEL = -1_000_000_000_042;
const date = 1_750_000_000;

const user = (id: number, firstName: string, extra: { readonly min?: boolean } = {}): Api.User =>
  new Api.User({ id: bigInt(id), firstName, ...extra });

/** Reads as an account that has met these. */
function read(
  updates: Api.TypeUpdates,
  met: readonly Api.User[] = [user(SELF, "Mira"), user(LIV, "Liv")],
): ReadUpdates {
  const peers = new Map<number, Peer>();
  const learn = (users: readonly Api.TypeUser[], chats: readonly Api.TypeChat[]): void => {
    for (const peer of [...users.map(userPeer), ...chats.map(chatPeer)]) if (peer) peers.set(peer.id, peer);
  };
  learn(met, [new Api.ChatForbidden({ id: bigInt(GROUP), title: "Family" })]);
  const known = (id: number): Peer | undefined => peers.get(id);
  return readUpdates(
    { api: Api, long: (value) => bigInt(String(value)), selfId: SELF, peers: { learn, known } },
    updates,
  );
}

const shown = ({ sightings }: ReadUpdates) =>
  sightings.map(({ news, ...rest }) => ({
    ...rest,
    ...(news && { message: toMessage(news.message, SELF, news.names) }),
  }));

const short = { id: 70, message: "hello", date, pts: 12, ptsCount: 1 };

describe("Updates", () => {
  it("in their short form make whole messages", () => {
    const incoming = new Api.UpdateShortMessage({ ...short, userId: bigInt(LIV) });
    expect(shown(read(incoming))).toMatchObject([
      {
        key: "common",
        pts: 12,
        count: 1,
        message: { id: 70, chatId: LIV, fromId: LIV, senderName: "Liv", text: "hello" },
      },
    ]);
    const own = new Api.UpdateShortMessage({ ...short, userId: bigInt(LIV), out: true });
    expect(shown(read(own))).toMatchObject([
      { message: { chatId: LIV, fromId: SELF, senderName: "Mira", isOutgoing: true } },
    ]);
    const inGroup = new Api.UpdateShortChatMessage({ ...short, chatId: bigInt(GROUP), fromId: bigInt(LIV) });
    expect(shown(read(inGroup))).toMatchObject([{ message: { chatId: -GROUP, fromId: LIV, senderName: "Liv" } }]);
  });

  it("in their short form are asked for when they name somebody not met before", () => {
    const incoming = new Api.UpdateShortMessage({ ...short, userId: bigInt(LIV) });
    expect(read(incoming, [])).toMatchObject({ sightings: [], stale: ["common"] });
    const fwdFrom = new Api.MessageFwdHeader({ date });
    const forwarded = new Api.UpdateShortMessage({ ...short, userId: bigInt(LIV), fwdFrom });
    expect(read(forwarded)).toMatchObject({ sightings: [], stale: ["common"] });
  });

  it("about a message of one's own tell only that it was sent", () => {
    const sent = new Api.UpdateShortSentMessage({ id: 70, date, pts: 12, ptsCount: 1 });
    expect(shown(read(sent))).toEqual([{ key: "common", pts: 12, count: 1, isBlank: true }]);
  });

  it("belong to their channel, or else to the common sequence", () => {
    const message = (peerId: Api.TypePeer): Api.Message => new Api.Message({ id: 3, peerId, message: "x", date });
    const channelId = bigInt(42);
    const inChannel = message(new Api.PeerChannel({ channelId }));
    const place = { pts: 8, ptsCount: 2 };
    const updates = [
      new Api.UpdateNewChannelMessage({ ...place, message: inChannel }),
      new Api.UpdateEditChannelMessage({ ...place, message: inChannel }),
      new Api.UpdateDeleteChannelMessages({ ...place, channelId, messages: [1, 2] }),
      new Api.UpdateNewMessage({ ...place, message: message(new Api.PeerUser({ userId: bigInt(LIV) })) }),
      new Api.UpdateDeleteMessages({ ...place, messages: [1, 2] }),
      new Api.UpdateReadChannelInbox({ channelId, maxId: 3, stillUnreadCount: 0, pts: 8 }),
      new Api.UpdateConfig(),
    ];
    const container = new Api.Updates({ updates, users: [user(7, "Passing", { min: true })], chats: [], date, seq: 0 });
    const { sightings, seq } = read(container);
    expect(sightings.map(({ key, pts, count, news }) => [key, pts, count, news?.isEdit])).toEqual([
      [CHANNEL, 8, 2, false],
      [CHANNEL, 8, 2, true],
      [CHANNEL, 8, 2, undefined],
      ["common", 8, 2, false],
      ["common", 8, 2, undefined],
    ]);
    expect(sightings[0]?.news?.names.get(7)?.name).toBe("Passing");
    expect(seq).toBeUndefined();
  });

  it("tell of gaps", () => {
    expect(read(new Api.UpdatesTooLong())).toMatchObject({ tooLong: true });
    const tooLong = new Api.UpdateChannelTooLong({ channelId: bigInt(42) });
    expect(read(new Api.UpdateShort({ update: tooLong, date }))).toMatchObject({ stale: [CHANNEL] });
    const changed = new Api.UpdateShort({ update: new Api.UpdatePtsChanged(), date });
    expect(read(changed)).toMatchObject({ restarted: true });
    const rest = { updates: [], users: [], chats: [], date, seq: 9 };
    expect(read(new Api.Updates(rest)).seq).toEqual({ first: 9, last: 9 });
    expect(read(new Api.UpdatesCombined({ ...rest, seqStart: 7 })).seq).toEqual({ first: 7, last: 9 });
  });
});
