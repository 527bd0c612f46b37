import type { WorldDescription } from "tg-guarded/testing";

const LINA = "@lina_test";
const OMAR = "@omar_test";
const BOT = "@kiosk_bot";

/** A description in which every field that there is occurs, none of them with what it is by default. */
export const whole: WorldDescription = {
  tgGuardedWorld: 1,
  users: [
    {
      id: 5001,
      firstName: "Lina",
      lastName: "Berg",
      username: "lina_test",
      phone: "9996620001",
      about: "Keeps the books",
      verified: true,
      premium: true,
      photo: true,
      presence: { lastSeen: "2025-06-01T10:00:00Z" },
      account: {
        code: "11111",
        password: "correct horse",
        hint: "Four words",
        email: "lina@test.example",
        contacts: [OMAR],
        blocked: ["Noisy Neighbour"],
        privacy: {
          ...{ invitations: "contacts", forwards: "nobody", lastSeen: "nobody", phone: "everybody", byPhone: "nobody" },
          ...{ photo: "contacts", about: "nobody", calls: "nobody", voices: "nobody" },
        },
        pinned: ["Book club"],
        muted: ["@town_news"],
        archived: [OMAR],
      },
    },
    { id: 5002, firstName: "Omar", username: "omar_test", phone: "9996620002", account: true, presence: "recently" },
    {
      firstName: "Kiosk",
      username: "kiosk_bot",
      bot: {
        commands: [{ command: "menu", description: "Today" }],
        ...{ token: "5003:AA_kiosk", readsAll: true, inline: "What will it be?" },
      },
    },
    { id: 5004, firstName: "Noisy", lastName: "Neighbour" },
    { id: 5005, firstName: "Gone", deleted: true },
  ],
  groups: [
    {
      id: 4_800_001,
      title: "Old club",
      date: "2025-01-02T00:00:00Z",
      creator: LINA,
      admins: [OMAR],
      members: ["Noisy Neighbour"],
      photo: true,
      denied: ["send_polls"],
      protected: true,
      about: "Before it grew",
      unread: 1,
      messages: [
        { from: OMAR, text: "First", label: "first" },
        { from: LINA, text: "Second", replyTo: "first", silent: true, editDate: 1_735_800_000 },
      ],
    },
  ],
  supergroups: [
    {
      id: 1_700_000_001,
      title: "Book club",
      about: "One book a month",
      username: "book_club_test",
      verified: true,
      date: "2025-02-01T00:00:00Z",
      creator: LINA,
      admins: [{ who: OMAR, rank: "Deputy", rights: ["delete_messages"] }],
      members: [BOT, "Gone"],
      banned: ["Noisy Neighbour"],
      restricted: [{ who: BOT, denied: ["send_media"], until: "2030-01-01T00:00:00Z" }],
      denied: ["send_stickers"],
      protected: true,
      slowModeSeconds: 30,
      hidesMembers: true,
      joinRequest: true,
      photo: true,
      unread: 2,
      messages: [
        { from: OMAR, text: "**Bold** start", markup: true, label: "start", pinned: true, views: 3, forwards: 1 },
        { from: LINA, service: { pinned: "start" } },
        { from: LINA, service: { newTitle: "Book club" } },
        { from: LINA, service: { added: [BOT] } },
        { from: LINA, service: { removed: "Noisy Neighbour" } },
        { from: LINA, service: { joinedByLink: true } },
        { from: LINA, service: { newPhoto: true } },
        { from: OMAR, media: { photo: true }, album: 7, date: "2025-02-03T00:00:00Z" },
        {
          from: OMAR,
          media: { file: "list.csv", sizeBytes: 1234 },
          album: 7,
          reactions: { "👍": [LINA], "🔥": [OMAR] },
        },
        { from: OMAR, media: { file: "note.txt", content: "Read chapter two" } },
        { from: OMAR, media: { voiceSeconds: 4 } },
        { from: OMAR, media: { videoSeconds: 2 } },
        { from: OMAR, media: { sticker: "🐳" } },
        { from: OMAR, media: { latitude: 60.1, longitude: 24.9 } },
        { from: OMAR, media: { phone: "+999 66 20002", firstName: "Omar", lastName: "Test" } },
        {
          from: BOT,
          text: "Which one?",
          buttons: [
            [{ text: "Site", url: "https://club.example" }],
            [
              {
                text: "Order",
                data: "order:1",
                answer: { text: "Ordered", alert: true, url: "https://club.example/1" },
              },
            ],
          ],
        },
        { from: BOT, text: "Say it", buttons: [[{ text: "Yes" }]] },
        {
          from: OMAR,
          media: {
            poll: {
              question: "Next?",
              answers: ["Moby-Dick", "Emma"],
              multiple: true,
              public: true,
              closed: true,
              votes: { Emma: [LINA, OMAR] },
            },
          },
        },
        {
          from: OMAR,
          media: { poll: { question: "Whale?", answers: ["Yes", "No"], correct: 1, solution: "A mammal" } },
        },
        { from: OMAR, text: "From the paper", forwardedFrom: "@town_news" },
        { from: OMAR, text: "From nobody", forwardedFrom: { name: "Hidden Hand" } },
        { from: OMAR, text: "By the bot", viaBot: BOT, protected: true },
      ],
    },
    {
      title: "Workshop",
      creator: LINA,
      members: [OMAR],
      migratedFrom: "Old club",
      topics: [
        {
          title: "Tools",
          by: OMAR,
          closed: true,
          pinned: true,
          messages: [{ from: OMAR, text: "Where is the saw?" }],
        },
      ],
    },
    { title: "Comments", creator: LINA, members: [OMAR] },
  ],
  channels: [
    {
      title: "Town News",
      username: "town_news",
      creator: LINA,
      members: [OMAR],
      signatures: true,
      discussion: "Comments",
      messages: [{ text: "Bridge closed", author: "Lina" }],
    },
  ],
  privateChats: [{ between: [LINA, OMAR], unread: 1, messages: [{ text: "Tea?" }, { from: LINA, text: "Now" }] }],
};
