import { expect } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { botAt, type Wired } from "../handlers/wire.js";
import { CLERK, namesIn, random, written, type Scene, type Stage } from "./stage.js";

const OFFICE = "@office_test";
const DEFAULT = { _: "botCommandScopeDefault" } as const;
const rights: Tl.chatAdminRights = { _: "chatAdminRights", delete_messages: true };

async function withClerk({ sandbox, onAnswer }: Stage, act: (clerk: Wired) => Promise<void>): Promise<void> {
  const clerk = await botAt(sandbox, "clerk_bot", onAnswer);
  try {
    await act(clerk);
  } finally {
    clerk.close();
  }
}

const button = (text: string): Tl.replyInlineMarkup => ({
  _: "replyInlineMarkup",
  rows: [
    {
      _: "keyboardButtonRow",
      buttons: [{ _: "keyboardButtonCallback", text, data: Buffer.from(text) }],
    },
  ],
});

/** A bot is written to, answers with buttons, and hears who presses them. */
export const bot: Scene = (stage) =>
  withClerk(stage, async (clerk) => {
    const { lina, sandbox } = stage;
    const asked = await written(lina, "@clerk_bot", "/start");
    expect(await clerk.hears()).toMatchObject([{ _: "updateNewMessage", message: { message: "/start" } }]);
    const peer = { ...clerk.user(lina.me), _: "inputPeerUser" } as const;
    const answer = { peer, message: "Which one?", random_id: random(), reply_markup: button("this") };
    await clerk.ask("messages.sendMessage", answer);
    expect(await lina.hears()).toMatchObject([{ message: { reply_markup: { _: "replyInlineMarkup" } } }]);
    const menu = [...sandbox.world.chat("@clerk_bot").messages()].at(-1)?.id ?? 0;
    expect(menu).toBeGreaterThan(asked);
    const press = { peer: lina.peer("@clerk_bot"), msg_id: menu, data: Buffer.from("this") };
    const waiting = lina.refused("messages.getBotCallbackAnswer", press);
    const [query] = await clerk.hears();
    if (query?._ !== "updateBotCallbackQuery") throw new Error(query?._);
    expect(query).toMatchObject({ user_id: BigInt(lina.me), data: Buffer.from("this") });
    expect(await clerk.ask("messages.setBotCallbackAnswer", { query_id: query.query_id, cache_time: 0 })).toBe(true);
    await waiting;
    const edit = { peer, id: query.msg_id, message: "This one", reply_markup: button("other") };
    expect(namesIn(await clerk.ask("messages.editMessage", edit))).toEqual(["updateEditMessage"]);
    expect(sandbox.world.chat("@clerk_bot").byId(menu)?.text).toBe("This one");
  });

/** What a bot says about itself. */
export const botItself: Scene = (stage) =>
  withClerk(stage, async (clerk) => {
    const { lina } = stage;
    const command = { _: "botCommand", command: "order", description: "Order something" } as const;
    const scoped = { scope: DEFAULT, lang_code: "" };
    expect(await clerk.ask("bots.setBotCommands", { ...scoped, commands: [command] })).toBe(true);
    expect(await clerk.ask("bots.getBotCommands", scoped)).toEqual([command]);
    const full = () => lina.ask("users.getFullUser", { id: lina.user(CLERK) });
    expect((await full()).full_user.bot_info?.commands).toEqual([command]);
    expect(await clerk.ask("bots.resetBotCommands", scoped)).toBe(true);
    expect((await full()).full_user.bot_info?.commands).toBeUndefined();
    expect(await clerk.ask("bots.setBotInfo", { lang_code: "", description: "Sells tea" })).toBe(true);
    expect(await clerk.ask("bots.getBotInfo", { lang_code: "" })).toMatchObject({ description: "Sells tea" });
    const everybody = { _: "inputUserEmpty" } as const;
    const menu = { _: "botMenuButtonCommands" } as const;
    expect(await clerk.ask("bots.setBotMenuButton", { user_id: everybody, button: menu })).toBe(true);
    expect(await clerk.ask("bots.getBotMenuButton", { user_id: everybody })).toEqual(menu);
    expect(await clerk.ask("bots.setBotGroupDefaultAdminRights", { admin_rights: rights })).toBe(true);
    expect(await clerk.ask("bots.setBotBroadcastDefaultAdminRights", { admin_rights: rights })).toBe(true);
    expect((await full()).full_user).toMatchObject({
      ...{ bot_group_admin_rights: rights, bot_broadcast_admin_rights: rights },
      bot_info: { description: "Sells tea", menu_button: menu },
    });
    expect(await clerk.ask("help.setBotUpdatesStatus", { pending_updates_count: 0, message: "" })).toBe(true);
  });

/** A bot is asked from any chat, and one of its results is sent. */
export const inline: Scene = (stage) =>
  withClerk(stage, async (clerk) => {
    const { lina } = stage;
    const ask = { bot: lina.user(CLERK), peer: lina.peer(OFFICE), query: "tea", offset: "" };
    const waiting = lina.refused("messages.getInlineBotResults", ask);
    const [query] = await clerk.hears();
    if (query?._ !== "updateBotInlineQuery") throw new Error(query?._);
    expect(query).toMatchObject({ query: "tea", peer_type: { _: "inlineQueryPeerTypeMegagroup" } });
    const send_message = { _: "inputBotInlineMessageText", message: "Green **tea**" } as const;
    const result = { _: "inputBotInlineResult", id: "1", type: "article", title: "Green", send_message } as const;
    const results = { query_id: query.query_id, results: [result], cache_time: 300 };
    expect(await clerk.ask("messages.setInlineBotResults", results)).toBe(true);
    await waiting;
    const found = await lina.ask("messages.getInlineBotResults", ask);
    expect(found.results).toMatchObject([{ _: "botInlineResult", id: "1", title: "Green" }]);
    const chosen = { peer: lina.peer(OFFICE), random_id: random(), query_id: found.query_id, id: "1" };
    const sent = await lina.ask("messages.sendInlineBotResult", chosen);
    expect(sent).toMatchObject({
      updates: expect.arrayContaining([
        expect.objectContaining({ message: expect.objectContaining({ via_bot_id: BigInt(CLERK) }) as unknown }),
      ]) as unknown,
    });
  });
