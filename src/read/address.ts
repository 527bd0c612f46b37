import type { Api } from "telegram";
import { GuardError } from "../errors.js";
import { bareId } from "../models/ids.js";
import type { Addressing, Peer } from "../telegram/peer.js";

const fields = ({ long }: Addressing, { id, accessHash }: Peer) => ({
  id: long(bareId(id)),
  accessHash: long(accessHash ?? "0"),
});

export function inputUser(telegram: Addressing, peer: Peer): Api.InputUser {
  const { id: userId, accessHash } = fields(telegram, peer);
  return new telegram.api.InputUser({ userId, accessHash });
}

export function inputChannel(telegram: Addressing, peer: Peer): Api.InputChannel {
  const { id: channelId, accessHash } = fields(telegram, peer);
  return new telegram.api.InputChannel({ channelId, accessHash });
}

export const isChannel = ({ kind }: Peer): boolean => kind === "supergroup" || kind === "channel";

export function wrongKind(peer: Peer, needed: string, path = "chat"): GuardError<"input_invalid"> {
  return new GuardError("input_invalid", `"${peer.title}" is no ${needed}.`, {
    details: { path },
    nextStep: `Name a ${needed}: \`dialogs\` tells the kind of each chat.`,
  });
}
