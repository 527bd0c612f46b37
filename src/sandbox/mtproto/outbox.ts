/** A message of the server, ready to be encrypted. */
export interface Outgoing {
  readonly messageId: bigint;
  readonly seqno: number;
  readonly body: Buffer;
}

const MAX_MESSAGES = 512;
const MAX_BYTES = 8 * 1024 * 1024;

/** What was sent and not yet acknowledged, kept within bounds: the oldest goes first. */
export class Outbox {
  private readonly messages = new Map<bigint, Outgoing>();
  private bytes = 0;

  keep(message: Outgoing): void {
    this.messages.set(message.messageId, message);
    this.bytes += message.body.length;
    for (const id of this.messages.keys()) {
      if (this.messages.size <= MAX_MESSAGES && this.bytes <= MAX_BYTES) break;
      this.drop(id);
    }
  }

  find(id: bigint): Outgoing | undefined {
    return this.messages.get(id);
  }

  /** Those that answer no request; the last two bits of their ids tell. */
  notices(): readonly Outgoing[] {
    return [...this.messages.values()].filter(({ messageId }) => (messageId & 3n) === 3n);
  }

  drop(id: bigint): void {
    const message = this.messages.get(id);
    if (message === undefined) return;
    this.messages.delete(id);
    this.bytes -= message.body.length;
  }
}
