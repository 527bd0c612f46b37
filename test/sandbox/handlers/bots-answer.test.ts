import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import { botAt, openLine, pair } from "./wire.js";

const LINA = 7001;
const CLERK = 7010;

function shop(world: WorldBuilder): void {
  world.user({ id: LINA, firstName: "Lina", account: true });
  world.user({ id: 7002, firstName: "Petra", account: true });
  world.bot({ id: CLERK, firstName: "Clerk", username: "clerk_bot", inline: "Ask" });
  world.privateChat(LINA, CLERK).post({ from: LINA, text: "/start" });
}

const button: Tl.replyInlineMarkup = {
  _: "replyInlineMarkup",
  rows: [
    {
      _: "keyboardButtonRow",
      buttons: [{ _: "keyboardButtonCallback", text: "Yes", data: Buffer.from("yes") }],
    },
  ],
};

test("who presses a button waits for what the bot answers, and other requests do not", async () => {
  await using line = await openLine(shop);
  const [lina] = pair(line);
  const clerk = await botAt(line.sandbox, "clerk_bot");
  const peer = { ...clerk.user(LINA), _: "inputPeerUser" } as const;
  await clerk.ask("messages.sendMessage", { peer, message: "Tea?", random_id: 1n, reply_markup: button });
  const msg_id = [...line.sandbox.world.chat("@clerk_bot").messages()].at(-1)?.id ?? 0;
  const press = { peer: lina.peer("@clerk_bot"), msg_id, data: Buffer.from("yes") };
  const answered = lina.ask("messages.getBotCallbackAnswer", press);
  const [query] = await clerk.hears();
  if (query?._ !== "updateBotCallbackQuery") throw new Error(query?._);
  expect(line.sandbox.log.at(-1)?.method).not.toBe("messages.getBotCallbackAnswer");
  await clerk.ask("messages.setBotCallbackAnswer", {
    ...{ query_id: query.query_id, message: "Coming", alert: true, cache_time: 5 },
  });
  expect(await answered).toMatchObject({ message: "Coming", alert: true, cache_time: 5 });
  const outcomes = line.sandbox.log.filter(({ method }) => method === "messages.getBotCallbackAnswer");
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["ok"]);
  clerk.close();
});

test("who asks a bot from an input field waits for its results", async () => {
  await using line = await openLine(shop);
  const [lina] = pair(line);
  const clerk = await botAt(line.sandbox, "clerk_bot");
  const ask = { bot: lina.user(CLERK), peer: { _: "inputPeerSelf" } as const, query: "tea", offset: "" };
  const answered = lina.ask("messages.getInlineBotResults", ask);
  const [query] = await clerk.hears();
  if (query?._ !== "updateBotInlineQuery") throw new Error(query?._);
  const send_message = { _: "inputBotInlineMessageText", message: "Green tea" } as const;
  const result = { _: "inputBotInlineResult", id: "1", type: "article", title: "Green", send_message } as const;
  await clerk.ask("messages.setInlineBotResults", { query_id: query.query_id, results: [result], cache_time: 0 });
  expect((await answered).results).toMatchObject([{ id: "1", title: "Green" }]);
  clerk.close();
});

test("results that are kept for others name the bot as each of them knows it", async () => {
  await using line = await openLine(shop);
  const [lina, petra] = pair(line);
  const clerk = await botAt(line.sandbox, "clerk_bot");
  const ask = (who: typeof lina) =>
    who.ask("messages.getInlineBotResults", {
      ...{ bot: who.user(CLERK), peer: { _: "inputPeerSelf" }, query: "tea", offset: "" },
    });
  const first = ask(lina);
  const [query] = await clerk.hears();
  if (query?._ !== "updateBotInlineQuery") throw new Error(query?._);
  await clerk.ask("messages.setInlineBotResults", { query_id: query.query_id, results: [], cache_time: 300 });
  for (const [who, answer] of [[lina, await first] as const, [petra, await ask(petra)] as const]) {
    expect(answer.users).toMatchObject([{ access_hash: who.user(CLERK).access_hash }]);
  }
  clerk.close();
});
