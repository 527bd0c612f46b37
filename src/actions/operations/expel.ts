import { asUncertain } from "../../errors.js";
import { inputChannel, isChannel } from "../../read/address.js";
import { inputPeer, type Peer } from "../../telegram/peer.js";
import type { Telegram } from "../../telegram/telegram.js";
import { NothingToDo, type Run } from "../operation.js";
import { inGroup, isMember } from "./membership.js";
import { unlessHolds } from "./state-holds.js";
import { noteWritten } from "./written.js";

/** What has been finished, in the record of the action. */
const BANNED = "banned";
const READMITTED = "readmitted";

/**
 * Removes somebody. A supergroup knows no removal but the ban, so that is lifted again at once: he can come back.
 * Both steps are written down, because the first alone would keep him out for good.
 */
export async function expel(
  telegram: Telegram,
  chat: Peer,
  user: Peer,
  run: Run,
  { units }: { readonly units: number },
): Promise<NothingToDo | undefined> {
  const reason = `"${user.title}" is not in "${chat.title}".`;
  const begun = run.marked(BANNED) !== undefined;
  // A ban that an earlier run may have sent must be lifted even where it has not been written down.
  if (!begun && !(await isMember(telegram, chat, user)) && !run.resumed) return new NothingToDo(reason);
  const cost = units === 0 ? {} : ({ quota: "join", units } as const);
  const options = { replay: "safe", chat: String(chat.id), step: BANNED, ...cost } as const;
  if (!isChannel(chat)) {
    const request = new telegram.api.messages.DeleteChatUser(inGroup(telegram, chat, user));
    const answer = await unlessHolds(run.write(request, options), "USER_NOT_PARTICIPANT", reason);
    return answer instanceof NothingToDo ? answer : undefined;
  }
  if (!begun) {
    await run.write(restriction(telegram, chat, user, true), options);
    await noteWritten(run, BANNED);
  }
  if (run.marked(READMITTED) !== undefined) return undefined;
  try {
    await run.write(restriction(telegram, chat, user, false), {
      replay: "safe",
      chat: String(chat.id),
      step: READMITTED,
    });
  } catch (error) {
    // The ban stands: whatever became of lifting it, the action was not without effect.
    throw asUncertain(error);
  }
  await noteWritten(run, READMITTED);
  return undefined;
}

const FOR_GOOD = 0;

const restriction = (telegram: Telegram, channel: Peer, user: Peer, banned: boolean) =>
  new telegram.api.channels.EditBanned({
    channel: inputChannel(telegram, channel),
    participant: inputPeer(telegram, user),
    bannedRights: new telegram.api.ChatBannedRights({ viewMessages: banned, untilDate: FOR_GOOD }),
  });
