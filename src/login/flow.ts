import type { Api } from "telegram";
import type { Request } from "../call.js";
import type { Clock } from "../clock.js";
import type { LoginWire } from "../telegram/login-wire.js";
import type { LoginPrompts } from "./prompts.js";
import { movedTo } from "./refusals.js";

/** What the steps of a login work with. */
export interface Flow {
  readonly wire: LoginWire;
  readonly prompts: LoginPrompts;
  readonly clock: Clock;
  readonly apiId: number;
  readonly apiHash: string;
  readonly signal: AbortSignal;
}

/** More moves than Telegram has data centres mean that it is turning in a circle. */
const MOST_MOVES = 5;

/** Asks where the account lives: goes on to the data centre that Telegram names, and asks there. */
export async function askAtHome<T>({ wire, signal }: Flow, request: () => Request<T>): Promise<T> {
  for (let moves = 0; ; moves++) {
    try {
      return await wire.invoke(request(), signal);
    } catch (error) {
      const dcId = movedTo(error);
      if (dcId === undefined || moves === MOST_MOVES) throw error;
      await wire.moveTo(dcId);
    }
  }
}

/** Whose login it is. */
export function userOf(answer: Api.auth.TypeAuthorization): Api.User | undefined {
  return answer.className === "auth.Authorization" && answer.user.className === "User" ? answer.user : undefined;
}
