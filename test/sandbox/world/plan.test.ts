import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox, type WorldBuilder, type WorldDescription } from "tg-guarded/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { worldPlan } from "../../../src/sandbox/world/plan/schema.js";
import { createWorld, type WorldSource } from "../../../src/sandbox/world/world.js";
import { asShown } from "./as-shown.js";
import { whole } from "./whole-description.js";

const NOW = Date.UTC(2025, 5, 16, 12);
const shownOf = (source: WorldSource): string => asShown(createWorld(source, () => NOW));

/** What is told about a description that cannot be made. */
function fault(description: unknown): string {
  try {
    createWorld({ described: description as WorldDescription }, () => NOW);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "no fault";
}

function bookClub(world: WorldBuilder): void {
  const lina = world.user({ firstName: "Lina", username: "lina_test", account: { contacts: ["Omar Test"] } });
  const omar = world.user({ firstName: "Omar", lastName: "Test" });
  const club = world.supergroup({ title: "Book club", username: "book_club", creator: lina, members: [omar] });
  const first = club.post({ from: omar, text: "Has **anybody** read it?", markup: true });
  club.post({ from: lina, text: "Twice", replyTo: first, reactions: { "👍": [omar] } });
  club.post({ from: omar, media: { file: "notes.txt", content: "Chapter one" } });
  const workshop = world.forum({ title: "Workshop", creator: lina, members: [omar] });
  workshop.topic({ title: "Tools", by: omar }).post({ from: omar, text: "Where is the saw?" });
  world.channel({ title: "News", username: "the_news", creator: lina }).post("Bridge closed");
  world.group({ title: "Family", creator: lina, members: [omar] }).post({ from: omar, text: "Dinner?" });
  world.privateChat(lina, omar, { unread: 1 }).post("Tea?");
}

test("a client finds what a builder described", async () => {
  await using sandbox = await startSandbox({ world: bookClub });
  await using client = await GuardedClient.open({ ...sandbox.clientOptions("lina_test"), store: memoryStore() });
  const titles = (await client.read.dialogs().toArray({ limit: 50 })).map(({ title }) => title);
  expect(titles.sort()).toEqual(["Book club", "Family", "News", "Omar Test", "Workshop"]);
  const messages = await client.read.messages("@book_club", { limit: 10 }).toArray();
  expect(messages.map(({ text }) => text)).toEqual(["", "Twice", "Has anybody read it?", ""]);
  expect(messages[1]).toMatchObject({ replyTo: { messageId: messages[2]?.id } });
  expect(await client.read.messages("Family", { limit: 10 }).total()).toBe(2);
  expect(sandbox.problems).toEqual([]);
  expect([...sandbox.unserved]).toEqual([]);
});

test("who is named as a member, too, keeps the role that he was given", () => {
  const world = createWorld(
    (built) => {
      const lina = built.user({ firstName: "Lina", account: true });
      const omar = built.user({ firstName: "Omar" });
      const petra = built.user({ firstName: "Petra" });
      const members = [lina, omar, petra];
      built.supergroup({ title: "Club", creator: lina, admins: [{ who: omar, rank: "Deputy" }], members });
    },
    () => NOW,
  );
  const roles = [...world.chat("Club").members()].map(({ role, rank }) => [role, rank]);
  expect(roles).toEqual([
    ["creator", undefined],
    ["admin", "Deputy"],
    ["member", undefined],
  ]);
  expect(world.chat("Club").byId(1)?.action?._).toBe("messageActionChannelCreate");
});

test("what waits to be read in a private chat is of the first one named, and of nobody else", () => {
  const world = createWorld(
    (built) => {
      const lina = built.user({ firstName: "Lina", account: true });
      const omar = built.user({ firstName: "Omar", account: true });
      const petra = built.user({ firstName: "Petra" });
      const first = built.privateChat(lina, petra, { unread: 2 });
      for (const text of ["One", "Two", "Three"]) first.post(text);
      built.privateChat(omar, petra).post("Four");
    },
    () => NOW,
  );
  const unread = world.mailboxes().map(({ accountId, dialogs }) => {
    return [...dialogs.values()].map((dialog) => dialog.unreadBy(accountId));
  });
  expect(unread).toEqual([[2], [0]]);
});

test("a file, the same description in a program, and a builder make the same world", () => {
  const file = join(mkdtempSync(join(tmpdir(), "tg-guarded-plan-")), "world.json");
  writeFileSync(file, JSON.stringify(whole));
  expect(shownOf({ file })).toBe(shownOf({ described: whole }));
  const built = (world: WorldBuilder): void => {
    for (const user of whole.users ?? []) world.user(user);
    for (const { messages = [], ...group } of whole.groups ?? []) messages.forEach(world.group(group).post);
    for (const { messages = [], topics, ...chat } of whole.supergroups ?? []) {
      const forum = topics ? world.forum(chat) : undefined;
      const posts = forum ?? world.supergroup(chat);
      for (const { messages: inside = [], ...topic } of topics ?? []) {
        if (forum) inside.forEach(forum.topic(topic).post);
      }
      messages.forEach(posts.post);
    }
    for (const { messages = [], ...channel } of whole.channels ?? []) messages.forEach(world.channel(channel).post);
    for (const { between, messages = [], ...chat } of whole.privateChats ?? []) {
      messages.forEach(world.privateChat(...between, chat).post);
    }
  };
  expect(shownOf(built)).toBe(shownOf({ described: whole }));
});

type Path = readonly (string | number)[];

/** Every place in a description that could be left out. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [here, ...placesIn(inside, here)];
  });
}

function without(value: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    if (rest.length === 0) return value.filter((_, place) => place !== first);
    return value.map((one: unknown, place) => (place === first ? without(one, rest) : one));
  }
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, inside]: [string, unknown]) => {
      if (key !== first) return [[key, inside]];
      return rest.length === 0 ? [] : [[key, without(inside, rest)]];
    }),
  );
}

/** Only tells our files from those of Telegram Desktop. */
const NO_EFFECT = /^tgGuardedWorld$/;
const isElement = (path: Path): boolean => typeof path.at(-1) === "number";

test("every field of a description has an effect on what clients see, or cannot be left out", () => {
  const entire = shownOf({ described: whole });
  const idle = placesIn(whole).filter((path) => {
    const described = without(whole, path) as WorldDescription;
    if (NO_EFFECT.test(path.join(".")) || isElement(path)) return false;
    try {
      return shownOf({ described }) === entire;
    } catch {
      return false;
    }
  });
  expect(idle.map((path) => path.join("."))).toEqual([]);
});

test("the description that the tests use has every field that there is", () => {
  const names = (schema: unknown): string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const own =
      "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
    return [...own, ...Object.values(schema).flatMap(names)];
  };
  const known = new Set(names(z.toJSONSchema(worldPlan, { io: "input", unrepresentable: "any" })));
  const used = new Set(placesIn(whole).flatMap((path) => path.filter((key) => typeof key === "string")));
  expect([...known].filter((name) => !used.has(name))).toEqual([]);
});

const people = [{ firstName: "Lina", account: true }, { firstName: "Omar" }];

test.each<readonly [where: string, fault: string, description: unknown]>([
  ["users", "no user has an account, so nobody could log in", { users: [{ firstName: "Omar" }] }],
  ["users[0].firstName", "expected string", { users: [{ account: true }] }],
  ["users[0]", "Unrecognized key", { users: [{ firstName: "Lina", surname: "Berg" }] }],
  [
    "users[0].account",
    'nobody is called "Ghost"',
    { users: [{ firstName: "Lina", account: { contacts: ["Ghost"] } }] },
  ],
  [
    "users[1]",
    "two users are called @lina_test",
    {
      users: [
        { firstName: "A", username: "lina_test", account: true },
        { firstName: "B", username: "lina_test" },
      ],
    },
  ],
  [
    "users[0].account",
    '"Lina" is not in the account\'s list',
    {
      users: [{ firstName: "Lina", account: { pinned: ["Lina"] } }],
      groups: [],
    },
  ],
  [
    "groups[0].messages[1]",
    "must say who writes it",
    {
      users: people,
      groups: [{ title: "G", creator: "Lina", messages: [{ from: "Lina", text: "a" }, { text: "b" }] }],
    },
  ],
  [
    "groups[0].denied[0]",
    "must be one of view_messages",
    {
      users: people,
      groups: [{ title: "G", creator: "Lina", denied: ["send_everything"] }],
    },
  ],
  [
    "supergroups[1]",
    'nobody is called "@ghost"',
    {
      users: people,
      supergroups: [{ title: "A" }, { title: "B", members: ["@ghost"] }],
    },
  ],
  [
    "supergroups[0].messages[0]",
    'no earlier message of the chat is labelled "later"',
    {
      users: people,
      supergroups: [{ title: "A", creator: "Lina", messages: [{ from: "Lina", text: "a", replyTo: "later" }] }],
    },
  ],
  [
    "supergroups[0].topics[0].messages[0]",
    'nobody is called "Ghost"',
    {
      users: people,
      supergroups: [
        { title: "A", creator: "Lina", topics: [{ title: "T", messages: [{ from: "Ghost", text: "a" }] }] },
      ],
    },
  ],
  [
    "supergroups[0].messages[0].media",
    "must be one of photo, file",
    {
      users: people,
      supergroups: [{ title: "A", creator: "Lina", messages: [{ from: "Lina", media: { film: true } }] }],
    },
  ],
  [
    "supergroups[0].messages[0]",
    'the poll has no answer "Maybe"',
    {
      users: people,
      supergroups: [
        {
          title: "A",
          creator: "Lina",
          messages: [
            { from: "Lina", media: { poll: { question: "?", answers: ["Yes", "No"], votes: { Maybe: ["Omar"] } } } },
          ],
        },
      ],
    },
  ],
  [
    "channels[0]",
    "is no supergroup of this world",
    {
      users: people,
      channels: [{ title: "News", creator: "Lina", discussion: "Nowhere" }],
    },
  ],
  [
    "privateChats[0]",
    "neither Omar nor Petra has an account",
    {
      users: [...people, { firstName: "Petra" }],
      privateChats: [{ between: ["Omar", "Petra"] }],
    },
  ],
])("a fault is told with its place: %s", (where, what, description) => {
  const told = fault(description);
  expect(told).toContain(`The world cannot be made: at ${where}: `);
  expect(told).toContain(what);
});
