import type { Resolved } from "tg-guarded";
import { z } from "zod";
import { READS } from "../annotations.js";
import { CHAT_KINDS } from "../chats.js";
import type { ServerContext } from "../context.js";
import { defined, flag } from "../defined.js";
import { tool } from "../tool.js";
import { nameText } from "../words.js";

const holds = z.literal(true).optional();

const output = z.object({
  id: z.int(),
  type: z.enum(CHAT_KINDS),
  title: nameText(),
  username: nameText().optional(),
  first_name: nameText().optional(),
  last_name: nameText().optional(),
  participants_count: z.int().optional(),
  is_bot: holds,
  is_premium: holds,
  is_verified: holds,
});

export const resolveUsername = tool({
  name: "tg_resolve_username",
  title: "Who a username is",
  description:
    "Who or what a public @username means. Telegram allows few of these: use ids where they are known. At most two requests.",
  input: z.strictObject({
    username: z
      .string()
      .trim()
      .regex(/^@?[a-z]\w{3,31}$/i, "has 4 to 32 letters, digits and underscores, and begins with a letter")
      .describe("With or without its @."),
  }),
  output,
  annotations: READS,
  run: async ({ client }: ServerContext, { username }, { signal }) =>
    show(await (await client()).read.resolve(`@${username.replace(/^@/, "")}`, { signal })),
});

function show(resolved: Resolved): z.input<typeof output> {
  const { id, kind, title, username, isVerified } = resolved;
  const shared = { id, type: kind, title, username, is_verified: flag(isVerified) };
  if (resolved.kind !== "user") return defined({ ...shared, participants_count: resolved.participantsCount });
  return defined({
    ...shared,
    first_name: resolved.firstName,
    last_name: resolved.lastName,
    is_bot: flag(resolved.isBot),
    is_premium: flag(resolved.isPremium),
  });
}
