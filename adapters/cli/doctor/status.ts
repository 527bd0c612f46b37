import type { Finding } from "tg-guarded";
import { z } from "zod";
import { finding } from "./finding.js";

/** The tool of ours that tells whether Telegram takes the session. */
export const STATUS_TOOL = "tg_auth_status";

const status = z.looseObject({
  authorized: z.boolean(),
  account: z.looseObject({ id: z.union([z.number(), z.string()]), username: z.string().nullish() }).nullish(),
  error: z.string().nullish(),
  next_step: z.string().nullish(),
});
const refusal = z.looseObject({ error: z.string(), next_step: z.string().nullish() });

const toolResult = z.looseObject({
  isError: z.boolean().optional(),
  structuredContent: z.unknown().optional(),
  content: z.array(z.looseObject({ text: z.string().optional() })).default([]),
});

/** What its answer says. */
export function tellStatus(answer: unknown): Finding {
  const { isError = false, structuredContent, content } = toolResult.parse(answer);
  const text = content.map(({ text: part }) => part ?? "").join("\n");
  const said = structuredContent ?? parsed(text);
  const known = status.safeParse(said);
  if (known.success && known.data.authorized && !isError) {
    const { account } = known.data;
    return finding(
      "ok",
      "telegram",
      `${STATUS_TOOL}: Telegram takes its session${account ? `; it is ${who(account)}` : ""}.`,
    );
  }
  const { error, next_step: nextStep } = known.data ??
    refusal.safeParse(said).data ?? { error: isError ? text : undefined };
  if (!known.success && error === undefined)
    return finding("fault", "servers", `${STATUS_TOOL} answers something else than its status.`);
  return finding(
    "fault",
    "telegram",
    `${STATUS_TOOL}: Telegram does not take its session${error ? `: ${error}` : "."}`,
    nextStep ?? "tg-guarded login",
  );
}

const who = ({
  id,
  username,
}: {
  readonly id: number | string;
  readonly username?: string | null | undefined;
}): string => (username ? `@${username} (${id})` : String(id));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
