/** A clock that was set back further than this begins a new run of ids. */
const REWIND_SECONDS = 2n;

/** Server message ids: Unix time in 2^-32 seconds, rising (core.telegram.org/mtproto/description#message-identifier-msg-id). */
export class MessageIds {
  private last = 0n;

  constructor(private readonly nowMs: () => number) {}

  /** The last two bits say whether the message answers one of the client's. */
  next(isAnswer: boolean): bigint {
    const kind = isAnswer ? 1n : 3n;
    const now = this.nowMs();
    const seconds = Math.floor(now / 1000);
    const fraction = Math.floor(((now - seconds * 1000) / 1000) * 2 ** 32);
    const fresh = (BigInt(seconds) << 32n) | (BigInt(fraction) & ~3n);
    const wasSetBack = fresh + (REWIND_SECONDS << 32n) < this.last;
    this.last = wasSetBack || fresh > this.last ? fresh : this.last + 4n;
    return this.last | kind;
  }
}

const OLDEST_SECONDS = 300;
const NEWEST_SECONDS = 30;

/** Error codes of bad_msg_notification: core.telegram.org/mtproto/service_messages_about_messages */
export const BadMessage = {
  idTooLow: 16,
  idTooHigh: 17,
  idBits: 18,
  idUsed: 19,
  tooOldToVerify: 20,
  seqnoTooLow: 32,
  seqnoTooHigh: 33,
  evenExpected: 34,
  oddExpected: 35,
  salt: 48,
  container: 64,
} as const;

/** What is wrong with the id of a client's message, if anything. */
export function checkClientId(id: bigint, unixTime: number): number | undefined {
  if ((id & 3n) !== 0n) return BadMessage.idBits;
  const age = unixTime - Number(id >> 32n);
  if (age > OLDEST_SECONDS) return BadMessage.idTooLow;
  return age < -NEWEST_SECONDS ? BadMessage.idTooHigh : undefined;
}
