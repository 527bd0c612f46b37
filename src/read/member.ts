import { toParticipant, type Participant } from "../models/participant.js";
import type { Peer } from "../telegram/peer.js";
import { inputPeer } from "../telegram/peer.js";
import type { Telegram } from "../telegram/telegram.js";
import { inputChannel } from "./address.js";
import type { ReadOptions } from "./options.js";
import { castOf } from "./participant-page.js";

/** What somebody is in a supergroup or channel. One request. Errors: `telegram_error` USER_NOT_PARTICIPANT. */
export async function member(telegram: Telegram, channel: Peer, who: Peer, call: ReadOptions): Promise<Participant> {
  const request = new telegram.api.channels.GetParticipant({
    channel: inputChannel(telegram, channel),
    participant: inputPeer(telegram, who),
  });
  const answer = await telegram.invoke(request, call);
  return toParticipant(answer.participant, ...castOf(telegram, answer));
}
