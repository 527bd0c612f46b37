import { returnBigInt as long } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { describe, expect, it } from "vitest";
import { toActionDetails } from "../../src/models/action.js";
import { toMedia } from "../../src/models/media.js";
import { rightsInGroup } from "../../src/models/my-rights.js";
import { namesOf } from "../../src/models/names.js";

const DATE = 1_750_000_000;
const ISO = new Date(DATE * 1000).toISOString();

const service = (action: Api.TypeMessageAction, replyToMsgId?: number): Api.MessageService =>
  new Api.MessageService({
    id: 5,
    peerId: new Api.PeerChannel({ channelId: long(77) }),
    date: DATE,
    action,
    ...(replyToMsgId === undefined ? {} : { replyTo: new Api.MessageReplyHeader({ replyToMsgId }) }),
  });

const formatted = (text: string): Api.TextWithEntities => new Api.TextWithEntities({ text, entities: [] });

describe("What an account may do in a group", () => {
  const UNTIL_LIFTED = 2 ** 31 - 1;
  /** As GramJS reads them: every flag that is not there is false. */
  const banned = (...flags: readonly ("sendMessages" | "sendPlain" | "sendMedia")[]): Api.ChatBannedRights =>
    new Api.ChatBannedRights({
      ...{ viewMessages: false, sendMessages: false, sendMedia: false, sendPlain: false, untilDate: UNTIL_LIFTED },
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
    });
  const group = (defaultBannedRights: Api.ChatBannedRights): Api.Channel =>
    new Api.Channel({ id: long(7), title: "G", photo: new Api.ChatPhotoEmpty(), date: DATE, defaultBannedRights });

  it.each([
    [[], true, true],
    [["sendPlain"], false, true],
    [["sendMedia"], true, false],
    [["sendMessages"], false, false],
  ] as const)("with %j forbidden is to write: %s, to send media: %s", (flags, canSend, canSendMedia) => {
    expect(rightsInGroup(group(banned(...flags)))).toMatchObject({ canSend, canSendMedia });
  });

  it("is nothing where it is banned, and no date is told where that is for good", () => {
    const forbidden = (untilDate: number) =>
      rightsInGroup(new Api.ChannelForbidden({ id: long(7), accessHash: long(1), title: "G", untilDate }));
    expect(forbidden(DATE)).toMatchObject({ role: "banned", canSend: false, bannedUntil: ISO });
    for (const forGood of [0, UNTIL_LIFTED]) expect(forbidden(forGood)).not.toHaveProperty("bannedUntil");
  });
});

describe("What a service message tells", () => {
  it.each<[string, Api.MessageService, object | undefined]>([
    ["who was added", service(new Api.MessageActionChatAddUser({ users: [long(3), long(4)] })), { userIds: [3, 4] }],
    ["who was removed", service(new Api.MessageActionChatDeleteUser({ userId: long(3) })), { userIds: [3] }],
    ["what was pinned", service(new Api.MessageActionPinMessage(), 42), { messageId: 42 }],
    ["whose link was used", service(new Api.MessageActionChatJoinedByLink({ inviterId: long(9) })), { inviterId: 9 }],
    [
      "where a group went",
      service(new Api.MessageActionChatMigrateTo({ channelId: long(1234) })),
      { chatId: -1_000_000_001_234 },
    ],
    [
      "where a supergroup came from",
      service(new Api.MessageActionChannelMigrateFrom({ title: "Old", chatId: long(1234) })),
      { title: "Old", chatId: -1234 },
    ],
    [
      "how a call ended",
      service(
        new Api.MessageActionPhoneCall({
          callId: long("9007199254740993"),
          video: true,
          duration: 61,
          reason: new Api.PhoneCallDiscardReasonHangup(),
        }),
      ),
      { callId: "9007199254740993", isVideo: true, durationSeconds: 61, reason: "hangup" },
    ],
    [
      "when a call begins",
      service(
        new Api.MessageActionGroupCallScheduled({
          call: new Api.InputGroupCall({ id: long(8), accessHash: long(1) }),
          scheduleDate: DATE,
        }),
      ),
      { callId: "8", scheduleDate: ISO },
    ],
    ["when messages vanish", service(new Api.MessageActionSetMessagesTTL({ period: 0 })), { periodSeconds: 0 }],
    [
      "how a topic changed",
      service(new Api.MessageActionTopicEdit({ title: "New", iconEmojiId: long("123"), closed: false })),
      { title: "New", iconEmojiId: "123", isClosed: false },
    ],
    [
      "what was given",
      service(
        new Api.MessageActionGiftCode({
          months: 3,
          slug: "abc",
          boostPeer: new Api.PeerChannel({ channelId: long(7) }),
          currency: "EUR",
          amount: long(1299),
          message: formatted("Enjoy"),
        }),
      ),
      { months: 3, slug: "abc", peerIds: [-1_000_000_000_007], currency: "EUR", amount: "1299", text: "Enjoy" },
    ],
    [
      "who came near whom",
      service(
        new Api.MessageActionGeoProximityReached({
          fromId: new Api.PeerUser({ userId: long(1) }),
          toId: new Api.PeerUser({ userId: long(2) }),
          distance: 30,
        }),
      ),
      { fromId: 1, toId: 2, distanceMetres: 30 },
    ],
    ["nothing more", service(new Api.MessageActionScreenshotTaken()), undefined],
  ])("%s", (_, message, details) => {
    expect(toActionDetails(message)).toEqual(details);
  });

  it("names people only when it can name them all", () => {
    const ann = new Api.User({ id: long(3), firstName: "Ann", lastName: "Lee" });
    const names = namesOf([ann], []);
    const added = (...ids: number[]) => service(new Api.MessageActionChatAddUser({ users: ids.map((id) => long(id)) }));
    expect(toActionDetails(added(3), names)).toEqual({ userIds: [3], userNames: ["Ann Lee"] });
    expect(toActionDetails(added(3, 4), names)).toEqual({ userIds: [3, 4] });
  });
});

describe("What media tells", () => {
  const geo = new Api.GeoPoint({ lat: 59.9, long: 10.7, accessHash: long(1), accuracyRadius: 12 });

  it("of a poll: question, answers and votes", () => {
    const answer = (text: string, option: string) =>
      new Api.PollAnswer({ text: formatted(text), option: Buffer.from(option) });
    const poll = new Api.Poll({
      id: long(1),
      quiz: true,
      question: formatted("Tea?"),
      answers: [answer("Yes", "a"), answer("No", "b")],
    });
    const vote = new Api.PollAnswerVoters({ option: Buffer.from("b"), voters: 4, chosen: true, correct: true });
    const results = new Api.PollResults({ results: [vote], totalVoters: 4, solution: "Coffee" });
    expect(toMedia(new Api.MessageMediaPoll({ poll, results }))).toEqual({
      type: "poll",
      poll: {
        question: "Tea?",
        answers: [{ text: "Yes" }, { text: "No", voters: 4, isChosen: true, isCorrect: true }],
        isClosed: false,
        isQuiz: true,
        isPublic: false,
        isMultipleChoice: false,
        totalVoters: 4,
        explanation: "Coffee",
      },
    });
  });

  it("of places: where they are, and what they are called", () => {
    const location = { latitude: 59.9, longitude: 10.7, accuracyMetres: 12 };
    expect(toMedia(new Api.MessageMediaGeoLive({ geo, period: 60 }))).toEqual({
      type: "location",
      location: { ...location, livePeriodSeconds: 60 },
    });
    const venue = { title: "Pier", address: "Quay 3", provider: "", venueId: "", venueType: "" };
    expect(toMedia(new Api.MessageMediaVenue({ geo, ...venue }))).toEqual({
      type: "venue",
      location,
      title: "Pier",
      address: "Quay 3",
    });
  });

  it("of a contact: the number as it was sent, and the account if there is one", () => {
    const contact = { phoneNumber: "+47 912 34 503", firstName: "Liv", lastName: "", vcard: "" };
    expect(toMedia(new Api.MessageMediaContact({ ...contact, userId: long(0) }))).toEqual({
      type: "contact",
      contact: { phone: "+47 912 34 503", firstName: "Liv" },
    });
  });

  it("of files: what their attributes make them, in whatever order", () => {
    const video = new Api.DocumentAttributeVideo({ duration: 2.5, w: 320, h: 240 });
    const animated = new Api.DocumentAttributeAnimated();
    const file = { id: long(9), accessHash: long(1), fileReference: Buffer.alloc(0), date: DATE, dcId: 2 };
    for (const attributes of [
      [video, animated],
      [animated, video],
    ]) {
      const document = new Api.Document({ ...file, mimeType: "video/mp4", size: long(1000), attributes });
      expect(toMedia(new Api.MessageMediaDocument({ document, spoiler: true }))).toEqual({
        type: "animation",
        fileId: "9",
        mimeType: "video/mp4",
        sizeBytes: 1000,
        width: 320,
        height: 240,
        durationSeconds: 2.5,
        isSpoiler: true,
      });
    }
  });
});
