import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import { initialising } from "../raw-client.js";
import { rsaPad, shake } from "../handshake-client.js";
import { botAt, openLine, pair, rights, wired, type Line, type Wired } from "./wire.js";

const LINA = 7001;
const PETRA = 7002;
const CLERK = 7010;
const NOSY = 7011;
const OFFICE = "@office_test";

/** A group with two bots, of whom one reads everything. */
function office(world: WorldBuilder): void {
  world.user({ id: LINA, firstName: "Lina", username: "lina_test", account: true });
  world.user({ id: PETRA, firstName: "Petra", username: "petra_test", account: true });
  const menu = { command: "menu", description: "Today" };
  world.bot({ id: CLERK, firstName: "Clerk", username: "clerk_bot", token: "7010:AAclerk", commands: [menu] });
  world.bot({ id: NOSY, firstName: "Nosy", username: "nosy_bot", readsAll: true });
  const members = [PETRA, CLERK, NOSY];
  world.supergroup({ title: "Office", username: "office_test", creator: LINA, members });
  world.group({ title: "Kitchen", creator: LINA, members }).post({ from: LINA, text: "Hello" });
  world.privateChat(LINA, CLERK).post({ from: LINA, text: "/start" });
}

async function openOffice(): Promise<Line & { readonly clerk: Wired; readonly nosy: Wired }> {
  const line = await openLine(office);
  const [clerk, nosy] = [await botAt(line.sandbox, "clerk_bot"), await botAt(line.sandbox, "nosy_bot")];
  return {
    ...line,
    ...{ clerk, nosy },
    [Symbol.asyncDispose]: async () => {
      clerk.close();
      nosy.close();
      expect(line.sandbox.problems).toEqual([]);
      await line[Symbol.asyncDispose]();
    },
  };
}

let random = 0n;
const write = (who: Wired, chat: string | Tl.TypeInputPeer, message: string, more: object = {}) => {
  const peer = typeof chat === "string" ? who.peer(chat) : chat;
  return who.ask("messages.sendMessage", { peer, message, random_id: (random += 1n), ...more });
};

/** The texts that a bot has been sent since it logged in. */
async function heardBy(bot: Wired): Promise<string[]> {
  const { pts, date, qts } = { pts: 1, date: 0, qts: 0 };
  const missed = await bot.ask("updates.getDifference", { pts, date, qts });
  const filter = { _: "channelMessagesFilterEmpty" } as const;
  const asked = { channel: bot.channel(OFFICE), filter, pts: 1, limit: 100 };
  const here = await bot.ask("updates.getChannelDifference", asked);
  const all = [missed, here].flatMap((one) => ("new_messages" in one ? one.new_messages : []));
  return all.flatMap((one) => (one._ === "message" ? [one.message] : []));
}

test("a bot logs in by its token alone", async () => {
  await using line = await openLine(office);
  const { client } = await shake(line.sandbox.info, { inner: "p_q_inner_data_dc", pad: rsaPad });
  await client.request(initialising({ _: "help.getConfig" }));
  const { apiId: api_id, apiHash: api_hash } = line.sandbox.info;
  const who = wired(line.sandbox, client, CLERK);
  const login = (bot_auth_token: string) => ({ flags: 0, api_id, api_hash, bot_auth_token });
  expect(await who.refused("auth.importBotAuthorization", login("7010:AAother"))).toBe("ACCESS_TOKEN_INVALID");
  const wrong = { ...login("7010:AAclerk"), api_hash: "x" };
  expect(await who.refused("auth.importBotAuthorization", wrong)).toBe("API_ID_INVALID");
  const done = await who.ask("auth.importBotAuthorization", login("7010:AAclerk"));
  expect(done).toMatchObject({ user: { bot: true, self: true, username: "clerk_bot" } });
  expect(line.sandbox.world.devices("clerk_bot")).toHaveLength(1);
  expect(line.sandbox.world.bots.map(({ token }) => token.split(":")[0])).toEqual(["7010", "7011"]);
  expect(line.sandbox.info.accounts.map(({ id }) => id)).toEqual([LINA, PETRA]);
  client.close();
});

test("what is for people is refused to bots, and the other way round", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const { clerk } = line;
  const page = { offset_id: 0, offset_date: 0, add_offset: 0, limit: 9, max_id: 0, min_id: 0, hash: 0n };
  const peer = { ...clerk.user(LINA), _: "inputPeerUser" } as const;
  expect(await clerk.refused("messages.getHistory", { peer, ...page })).toBe("BOT_METHOD_INVALID");
  expect(await clerk.refused("contacts.getContacts", { hash: 0n })).toBe("BOT_METHOD_INVALID");
  expect(await clerk.refused("users.getUsers", { id: [{ _: "inputUserSelf" }] })).toBe("ok");
  const scope = { _: "botCommandScopeDefault" } as const;
  const commands = { scope, lang_code: "", commands: [] };
  expect(await lina.refused("bots.setBotCommands", commands)).toBe("USER_BOT_REQUIRED");
  expect(await lina.refused("messages.setBotCallbackAnswer", { query_id: 1n, cache_time: 0 })).toBe(
    "USER_BOT_REQUIRED",
  );
  const wrong = { _: "botCommand", command: "No Good", description: "x" } as const;
  expect(await clerk.refused("bots.setBotCommands", { ...commands, commands: [wrong] })).toBe("BOT_COMMAND_INVALID");
  expect(await clerk.refused("bots.setBotCommands", { ...commands, lang_code: "english" })).toBe("LANG_CODE_INVALID");
});

test("a bot writes to whom has written to it, and to no bot", async () => {
  await using line = await openOffice();
  const [lina, petra] = pair(line);
  const { clerk } = line;
  const to = (id: number) => ({ ...clerk.user(id), _: "inputPeerUser" }) as const;
  const hello = (id: number) => ({ peer: to(id), message: "Hello", random_id: (random += 1n) });
  expect(await clerk.refused("messages.sendMessage", hello(LINA))).toBe("ok");
  expect(await clerk.refused("messages.sendMessage", hello(PETRA))).toBe("PEER_ID_INVALID");
  expect(await clerk.refused("messages.sendMessage", hello(NOSY))).toBe("USER_IS_BOT");
  await petra.ask("messages.startBot", {
    ...{ bot: petra.user(CLERK), peer: { ...petra.user(CLERK), _: "inputPeerUser" }, random_id: 77n, start_param: "" },
  });
  expect(await clerk.refused("messages.sendMessage", hello(PETRA))).toBe("ok");
  await lina.ask("contacts.block", { id: lina.peer("@clerk_bot") });
  expect(await clerk.refused("messages.sendMessage", hello(LINA))).toBe("USER_IS_BLOCKED");
  const unhashed = { ...hello(PETRA), peer: { ...to(PETRA), access_hash: 0n } };
  expect(await clerk.refused("messages.sendMessage", unhashed)).toBe("ok");
  expect(await lina.refused("users.getFullUser", { id: { ...lina.user(PETRA), access_hash: 0n } })).toBe(
    "USER_ID_INVALID",
  );
});

test("in a group a bot in privacy mode gets what is meant for it, and another one everything", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const { clerk, nosy } = line;
  for (const chat of [OFFICE, "Kitchen"]) {
    await write(lina, chat, `Between us in ${chat}`);
    await write(lina, chat, "/menu@clerk_bot");
    await write(lina, chat, "/menu@nosy_bot");
    await write(lina, chat, "Thanks, @clerk_bot");
  }
  await write(nosy, OFFICE, "I hear you");
  await write(lina, OFFICE, "/help");
  await write(clerk, OFFICE, "Tea");
  const tea = line.sandbox.world.chat(OFFICE).count;
  const reply_to = { _: "inputReplyToMessage", reply_to_msg_id: tea } as const;
  await write(lina, OFFICE, "With milk", { reply_to });
  await write(lina, OFFICE, "/sugar");
  expect(await heardBy(clerk)).toEqual([
    ...["/start", "/menu@clerk_bot", "Thanks, @clerk_bot"],
    ...["/menu@clerk_bot", "Thanks, @clerk_bot", "Tea", "With milk", "/sugar"],
  ]);
  const all = await heardBy(nosy);
  expect(all.filter((text) => text.startsWith("Between us"))).toHaveLength(2);
  expect(all).toEqual(expect.arrayContaining(["/menu@clerk_bot", "/help", "With milk"]));
  expect(all).not.toContain("Tea");
});

test("a bot that is made an admin reads everything from then on", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  await write(lina, OFFICE, "Before");
  const channel = lina.channel(OFFICE);
  const admin = { channel, user_id: lina.user(CLERK), admin_rights: rights("delete_messages"), rank: "" };
  await lina.ask("channels.editAdmin", admin);
  await write(lina, OFFICE, "After");
  expect(await line.clerk.hears()).toMatchObject([{ _: "updateChannel" }]);
  expect(await line.clerk.hears()).toMatchObject([{ message: { message: "After" } }]);
});

const inline = (...data: readonly string[]): Tl.replyInlineMarkup => ({
  _: "replyInlineMarkup",
  rows: [
    {
      _: "keyboardButtonRow",
      buttons: data.map((one) => ({ _: "keyboardButtonCallback", text: "x", data: Buffer.from(one) })),
    },
  ],
});

test("buttons are a bot's alone, and have to be good ones", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const { clerk } = line;
  const peer = { ...clerk.user(LINA), _: "inputPeerUser" } as const;
  const refused = (reply_markup: Tl.TypeReplyMarkup) =>
    clerk.refused("messages.sendMessage", { peer, message: "?", random_id: (random += 1n), reply_markup });
  const url = { _: "keyboardButtonUrl", text: "x", url: "not an address" } as const;
  expect(await refused(inline("x".repeat(65)))).toBe("BUTTON_DATA_INVALID");
  expect(await refused({ _: "replyInlineMarkup", rows: [{ _: "keyboardButtonRow", buttons: [url] }] })).toBe(
    "BUTTON_URL_INVALID",
  );
  const plain = { _: "keyboardButton", text: "Tea" } as const;
  expect(await refused({ _: "replyInlineMarkup", rows: [{ _: "keyboardButtonRow", buttons: [plain] }] })).toBe(
    "BUTTON_TYPE_INVALID",
  );
  expect(await refused(inline("tea"))).toBe("ok");
  expect(await lina.hears()).toMatchObject([{ message: { reply_markup: { _: "replyInlineMarkup" } } }]);
  await write(lina, "@clerk_bot", "Mine", { reply_markup: inline("tea") });
  const [heard] = await clerk.hears();
  expect(heard).toMatchObject({ message: { message: "Mine" } });
  expect(heard).not.toMatchObject({ message: { reply_markup: expect.anything() as unknown } });
});

test("a bot changes and takes away the buttons of its message", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const { clerk } = line;
  const peer = { ...clerk.user(LINA), _: "inputPeerUser" } as const;
  const sent = await write(clerk, peer, "Tea?", { reply_markup: inline("yes", "no") });
  const id = sent._ === "updateShortSentMessage" ? sent.id : 0;
  expect(await lina.hears()).toMatchObject([{ message: { message: "Tea?" } }]);
  const own = { peer, id };
  expect(await clerk.refused("messages.editMessage", { ...own, reply_markup: inline("yes", "no") })).toBe(
    "MESSAGE_NOT_MODIFIED",
  );
  await clerk.ask("messages.editMessage", { ...own, reply_markup: inline("more") });
  expect(await lina.hears()).toMatchObject([{ message: { message: "Tea?", reply_markup: inline("more") } }]);
  await clerk.ask("messages.editMessage", { ...own, message: "Tea." });
  const [edited] = await lina.hears();
  expect(edited).toMatchObject({ message: { message: "Tea." } });
  expect(edited).not.toMatchObject({ message: { reply_markup: expect.anything() as unknown } });
});

test("a query can be answered once, by the bot that was asked, and for a minute", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const { clerk, nosy } = line;
  const peer = { ...clerk.user(LINA), _: "inputPeerUser" } as const;
  await write(clerk, peer, "Tea?", { reply_markup: inline("yes") });
  const msg_id = [...line.sandbox.world.chat("@clerk_bot").messages()].at(-1)?.id ?? 0;
  const press = { peer: lina.peer("@clerk_bot"), msg_id, data: Buffer.from("yes") };
  const answered = lina.refused("messages.getBotCallbackAnswer", press);
  const [query] = await clerk.hears();
  if (query?._ !== "updateBotCallbackQuery") throw new Error(query?._);
  const answer = { query_id: query.query_id, message: "Coming", cache_time: 0 };
  expect(await nosy.refused("messages.setBotCallbackAnswer", answer)).toBe("QUERY_ID_INVALID");
  expect(await clerk.refused("messages.setBotCallbackAnswer", answer)).toBe("ok");
  expect(await clerk.refused("messages.setBotCallbackAnswer", answer)).toBe("QUERY_ID_INVALID");
  await answered;
});

test("a bot that has no inline mode cannot be asked", async () => {
  await using line = await openOffice();
  const [lina] = pair(line);
  const ask = { bot: lina.user(CLERK), peer: lina.peer(OFFICE), query: "x", offset: "" };
  expect(await lina.refused("messages.getInlineBotResults", ask)).toBe("BOT_INLINE_DISABLED");
  const sent = { peer: lina.peer(OFFICE), random_id: 5n, query_id: 9n, id: "1" };
  expect(await lina.refused("messages.sendInlineBotResult", sent)).toBe("INLINE_RESULT_EXPIRED");
});
