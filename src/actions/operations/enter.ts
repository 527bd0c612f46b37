import { GuardError } from "../../errors.js";
import { toNumber } from "../../models/ids.js";
import { inputChannel, inputUser, isChannel } from "../../read/address.js";
import type { Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { NothingToDo, type Run } from "../operation.js";
import { inGroup, isMember } from "./membership.js";
import { unlessHolds } from "./state-holds.js";

/** Messages from before that a new member of a basic group gets to see. */
const NO_PAST = 0;

export interface Entering {
  /** Names the request, so that it costs once however often the run is resumed. */
  readonly step: string;
  /** Of the joins of a day: what follows from it is paid with it. */
  readonly units: number;
}

/** Adds somebody. */
export async function enter(
  telegram: Telegram,
  chat: Peer,
  user: Peer,
  run: Run,
  { step, units }: Entering,
): Promise<NothingToDo | undefined> {
  const reason = `"${user.title}" is in "${chat.title}" already.`;
  if (await isMember(telegram, chat, user)) return run.resumed ? undefined : new NothingToDo(reason);
  const { api } = telegram;
  const request = isChannel(chat)
    ? new api.channels.InviteToChannel({ channel: inputChannel(telegram, chat), users: [inputUser(telegram, user)] })
    : new api.messages.AddChatUser({ ...inGroup(telegram, chat, user), fwdLimit: NO_PAST });
  // Adding a member once more changes nothing.
  const work = run.write(request, { replay: "safe", quota: "join", units, chat: String(chat.id), step });
  const answer = await unlessHolds(work, "USER_ALREADY_PARTICIPANT", reason);
  if (answer === undefined || answer instanceof NothingToDo) return answer;
  if (answer.missingInvitees.some(({ userId }) => toNumber(userId) === user.id))
    throw notInvitable(chat, user, request);
  return undefined;
}

/** Telegram names whom it did not add, without an error (core.telegram.org/api/invites). */
const notInvitable = (chat: Peer, user: Peer, { className }: { readonly className: string }) =>
  new GuardError("telegram_error", `The privacy settings of "${user.title}" do not allow adding to "${chat.title}".`, {
    details: {
      method: className.replace(/\.[A-Z]/, (start) => start.toLowerCase()),
      name: "USER_PRIVACY_RESTRICTED",
      status: 403,
      passing: false,
    },
    nextStep: "Send an invite link instead.",
  });
