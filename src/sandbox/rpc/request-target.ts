/** What the log tells about a request besides its method. */
export interface RequestTarget {
  readonly randomId?: string;
  readonly peer?: string;
}

/** Where a request says whom it concerns; for a forward that is where it goes. */
const PEER_FIELDS = ["to_peer", "peer", "channel", "user_id", "chat_id"] as const;

/** Random id and peer of a request, as the log shows them. Message texts never get there. */
export function targetOf(request: object): RequestTarget {
  const fields = request as Readonly<Record<string, unknown>>;
  const randomId = randomIdOf(fields["random_id"]);
  const peer = PEER_FIELDS.map((field) => peerOf(fields[field])).find((found) => found !== undefined);
  return { ...(randomId === undefined ? {} : { randomId }), ...(peer === undefined ? {} : { peer }) };
}

function randomIdOf(value: unknown): string | undefined {
  if (typeof value === "bigint") return value.toString();
  return Array.isArray(value) && value.length > 0 ? value.map(String).join(",") : undefined;
}

function peerOf(value: unknown): string | undefined {
  if (typeof value === "bigint") return `chat:${value.toString()}`;
  if (typeof value !== "object" || value === null || !("_" in value) || typeof value._ !== "string") return undefined;
  if (value._ === "inputPeerSelf" || value._ === "inputUserSelf") return "self";
  if ("user_id" in value) return `user:${String(value.user_id)}`;
  if ("chat_id" in value) return `chat:${String(value.chat_id)}`;
  return "channel_id" in value ? `channel:${String(value.channel_id)}` : undefined;
}
