import { GuardError } from "../errors.js";
import type { Chat } from "../models/chat.js";
import { bareId } from "../models/ids.js";
import { pinName, pinnedTo } from "../state/name-pin.js";
import type { StateStore } from "../stores/store.js";
import { parseChatRef } from "../telegram/chat-ref.js";
import type { ActionsPolicy } from "./policy.js";

/** How one entry sees a target. A name that another chat bore before is worse than no match: somebody has taken it over. */
type Match = "yes" | "no" | { readonly name: string; readonly was: number };

/**
 * Compares what Telegram resolved, not what the caller wrote: id, -100 id, `@name` and title of a chat are one target.
 * A name on the list means the chat that bore it when it was first used, whatever either is called later. Titles are no
 * entries of the list, since anybody may call a chat by any title.
 */
export class Allowlist {
  readonly #policy: Pick<ActionsPolicy, "allow" | "requireAllowlist">;
  readonly #store: StateStore;
  readonly #prefix: string;

  constructor(policy: Pick<ActionsPolicy, "allow" | "requireAllowlist">, store: StateStore, account: string) {
    this.#policy = policy;
    this.#store = store;
    this.#prefix = `allow:${account}:`;
  }

  /** @throws GuardError `not_allowed`, `name_moved` */
  async assertHolds(target: Chat, selfId: number | undefined): Promise<void> {
    const { allow, requireAllowlist } = this.#policy;
    if (!requireAllowlist) return;
    let moved: Exclude<Match, string> | undefined;
    for (const entry of allow) {
      const match = await this.#match(parseChatRef(entry), target, selfId);
      if (match === "yes") return;
      if (match !== "no") moved = match;
    }
    throw moved === undefined ? notAllowed(target) : nameMoved(target, moved);
  }

  #match(entry: ReturnType<typeof parseChatRef>, target: Chat, selfId: number | undefined): Match | Promise<Match> {
    switch (entry.kind) {
      case "id":
        return yesIf(entry.id === target.id || (target.kind !== "user" && entry.id === bareId(target.id)));
      case "self":
        return yesIf(target.id === selfId);
      case "username":
        return this.#matchName(entry.username.toLowerCase(), target);
      case "title":
        return this.#matchName(entry.title.toLowerCase(), target);
    }
  }

  async #matchName(name: string, target: Chat): Promise<Match> {
    const key = this.#prefix + name;
    const bearsIt = target.username?.toLowerCase() === name;
    const id = bearsIt
      ? await this.#store.update(key, pinName(target.id), { durable: true })
      : await this.#store.update(key, pinnedTo);
    if (id === target.id) return "yes";
    return bearsIt && id !== undefined ? { name, was: id } : "no";
  }
}

const yesIf = (holds: boolean): Match => (holds ? "yes" : "no");

const notAllowed = (target: Chat): GuardError<"not_allowed"> =>
  new GuardError("not_allowed", `"${target.title}" (${target.id}) is not on the allowlist.`, {
    details: { chat: target.id },
    nextStep: "A person who may decide that can add its id to the allowlist of the actions policy.",
  });

const nameMoved = (target: Chat, { name, was }: { readonly name: string; readonly was: number }) =>
  new GuardError(
    "name_moved",
    `@${name} is on the allowlist, but it meant ${was} before, and now belongs to ${target.id}.`,
    {
      details: { name, was, is: target.id },
      nextStep: "Nothing was sent. Whoever bears the name now is a stranger: a person who trusts him can allow his id.",
    },
  );
