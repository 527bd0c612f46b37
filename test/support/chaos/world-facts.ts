import type { Sandbox, WorldMessage } from "tg-guarded/testing";
import type { Truth } from "./order.js";

type Where = number | string;

export const MIRA = "@mira_halvorsen";

export const messagesIn = (sandbox: Sandbox, chat: Where): readonly WorldMessage[] => [
  ...sandbox.world.chat(chat).messages(),
];

/** Messages that should be one, and as it was approved. */
export function one(found: readonly WorldMessage[], isRight: (message: WorldMessage) => boolean = () => true): Truth {
  const times = found.length;
  if (times === 0) return { times };
  const since = Math.min(...found.map(({ date }) => date));
  return { times, since, ...(found.every(isRight) ? {} : { fault: "it is not as it was approved" }) };
}

export const saying = (sandbox: Sandbox, chat: Where, text: string): readonly WorldMessage[] =>
  messagesIn(sandbox, chat).filter((message) => message.text === text);

export const idOf = (sandbox: Sandbox, user: Where): number => sandbox.world.chat(user).id;

export const isIn = (sandbox: Sandbox, chat: Where, user: Where): boolean =>
  [...sandbox.world.chat(chat).members()].some(({ userId }) => userId === idOf(sandbox, user));

/** A state that holds or does not, where the world tells no more than that. */
export const state = (holds: boolean): Truth => ({ times: holds ? 1 : 0 });

interface ServiceAction {
  readonly _: string;
  readonly users?: readonly bigint[];
  readonly user_id?: bigint;
}

/** How often the chat is told from now on that this happened to somebody. */
export function tellings(sandbox: Sandbox, chat: Where, action: string, user: Where): () => number {
  const id = BigInt(idOf(sandbox, user));
  const all = (): number =>
    messagesIn(sandbox, chat).filter((message) => {
      const did = message.action as ServiceAction | undefined;
      return did?._ === action && (did.user_id === id || did.users?.includes(id) === true);
    }).length;
  const before = all();
  return () => all() - before;
}

/** Joining and leaving, by the service message that tells of each time. */
export function toldOnce(times: number, holds: boolean): Truth {
  return times > 0 === holds ? { times } : { times, fault: holds ? "nobody was told" : "it was told, and is not so" };
}
