import { GuardError } from "../errors.js";
import type { Chat } from "../models/chat.js";
import { bareId } from "../models/ids.js";
import { parseChatRef, type ChatRef } from "../telegram/chat-ref.js";
import type { ActionsPolicy } from "./policy.js";

/**
 * Compares what Telegram resolved, not what the caller wrote: id, -100 id, @name and title of one chat are one target.
 * Titles are no entries of the list, since anybody may call a chat by any title.
 */
export function assertAllowed(
  { allow, requireAllowlist }: Pick<ActionsPolicy, "allow" | "requireAllowlist">,
  target: Chat,
  selfId: number | undefined,
): void {
  if (!requireAllowlist || allow.some((entry) => matches(entry, target, selfId))) return;
  throw new GuardError("not_allowed", `"${target.title}" (${target.id}) is not on the allowlist.`, {
    details: { chat: target.id },
    nextStep: "A person who may decide that can add its id to the allowlist of the actions policy.",
  });
}

function matches(entry: ChatRef, target: Chat, selfId: number | undefined): boolean {
  const parsed = parseChatRef(entry);
  switch (parsed.kind) {
    case "id":
      return parsed.id === target.id || (target.kind !== "user" && parsed.id === bareId(target.id));
    case "self":
      return target.id === selfId;
    case "username":
      return parsed.username.toLowerCase() === target.username?.toLowerCase();
    case "title":
      return parsed.title.toLowerCase() === target.username?.toLowerCase();
  }
}
