import type * as Tl from "../../tl/types.js";
import type { ButtonAnswer } from "../message.js";
import type { MessagePlan } from "./schema.js";

type Rows = NonNullable<MessagePlan["buttons"]>;
type Button = Rows[number][number];

function button(plan: Button): Tl.TypeKeyboardButton {
  const { text } = plan;
  if ("url" in plan) return { _: "keyboardButtonUrl", text, url: plan.url };
  if ("data" in plan) return { _: "keyboardButtonCallback", text, data: Buffer.from(plan.data) };
  return { _: "keyboardButton", text };
}

/** Buttons that only write their text lie in the keyboard, all others beneath the message. */
export function markupOf(rows: Rows): Tl.TypeReplyMarkup {
  const written = rows.flat().every((plan) => !("url" in plan) && !("data" in plan));
  const _ = written ? "replyKeyboardMarkup" : "replyInlineMarkup";
  return { _, rows: rows.map((row) => ({ _: "keyboardButtonRow", buttons: row.map(button) })) };
}

/** What the bot answers, by the data of the buttons. */
export function answersOf(rows: Rows): Readonly<Record<string, ButtonAnswer>> {
  return Object.fromEntries(
    rows.flat().flatMap((plan) => {
      const answer = "data" in plan ? plan.answer : undefined;
      return answer && "data" in plan ? [[Buffer.from(plan.data).toString("hex"), answer]] : [];
    }),
  );
}
