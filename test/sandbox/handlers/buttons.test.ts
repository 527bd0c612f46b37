import { expect, test } from "vitest";
import { BOT, openLine, pair, type Wired } from "./wire.js";

const press = (who: Wired, msg_id: number, data: string) => ({
  ...{ peer: who.peer("@club_test"), msg_id, data: Buffer.from(data) },
});

test("a bot is started, and asked by its buttons", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const start = { bot: lina.user(BOT), peer: lina.peer("@kiosk_bot"), random_id: 5n, start_param: "ref_1" };
  await lina.ask("messages.startBot", start);
  expect([...line.sandbox.world.chat("@kiosk_bot").messages()].at(-1)?.text).toBe("/start ref_1");
  expect(await lina.refused("messages.startBot", { ...start, random_id: 6n, start_param: "not good" })).toBe(
    "START_PARAM_INVALID",
  );
  expect(await lina.refused("messages.startBot", { ...start, bot: lina.user(7002) })).toBe("BOT_INVALID");
  const question = [...line.sandbox.world.chat("@club_test").messages()].find(({ text }) => text === "Order?");
  const id = question?.id ?? 0;
  expect(await lina.ask("messages.getBotCallbackAnswer", press(lina, id, "tea"))).toMatchObject({
    message: "Coming",
    alert: true,
  });
  expect(await lina.refused("messages.getBotCallbackAnswer", press(lina, id, "cake"))).toBe("BOT_RESPONSE_TIMEOUT");
  expect(await lina.refused("messages.getBotCallbackAnswer", press(lina, id, "soup"))).toBe("DATA_INVALID");
  expect(await lina.refused("messages.getBotCallbackAnswer", press(lina, 999, "tea"))).toBe("MESSAGE_ID_INVALID");
  const inline = { bot: lina.user(BOT), peer: lina.peer("@club_test"), query: "x", offset: "" };
  expect(await lina.refused("messages.getInlineBotResults", inline)).toBe("BOT_INLINE_DISABLED");
});
