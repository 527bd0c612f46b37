import type { Incoming } from "./container.js";
import { BadMessage } from "./message-ids.js";

/**
 * Whether a session's messages are numbered in the order of their ids:
 * core.telegram.org/mtproto/description#message-sequence-number-msg-seqno
 */
export class Sequence {
  private last: Pick<Incoming, "messageId" | "seqno"> | undefined;

  /**
   * What is wrong with a message's number, if anything; else it is noted.
   *
   * @param isRequest requests need an acknowledgement and are odd; service messages real clients number either way
   */
  take({ messageId, seqno }: Incoming, isRequest: boolean): number | undefined {
    const isOdd = (seqno & 1) === 1;
    if (isRequest && !isOdd) return BadMessage.oddExpected;
    const { last } = this;
    if (last) {
      const isSame = isOdd && seqno === last.seqno;
      if (messageId > last.messageId && (seqno < last.seqno || isSame)) return BadMessage.seqnoTooLow;
      if (messageId < last.messageId && (seqno > last.seqno || isSame)) return BadMessage.seqnoTooHigh;
    }
    if (!last || messageId > last.messageId) this.last = { messageId, seqno };
    return undefined;
  }

  /** A client that corrects its clock begins anew. */
  restart(): void {
    this.last = undefined;
  }
}
