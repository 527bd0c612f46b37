/** How many of a session's messages are remembered at least. */
const MAX_REMEMBERED = 4096;

export type Novelty = "new" | "repeated" | "forgotten";

/** Which messages of the client were taken in, so that none is executed twice. */
export class Received {
  /** The id of each message, and that of its answer once there is one. */
  private readonly answers = new Map<bigint, bigint | undefined>();
  private highestForgotten = 0n;

  /** Takes a message in. What is too old to be remembered counts as neither new nor repeated. */
  admit(id: bigint): Novelty {
    if (this.answers.has(id)) return "repeated";
    if (id <= this.highestForgotten) return "forgotten";
    this.answers.set(id, undefined);
    if (this.answers.size > MAX_REMEMBERED) this.forgetOldest();
    return "new";
  }

  /** Makes as if the message had never come. */
  expel(id: bigint): void {
    this.answers.delete(id);
  }

  answered(id: bigint, answerId: bigint): void {
    if (this.answers.has(id)) this.answers.set(id, answerId);
  }

  has(id: bigint): boolean {
    return this.answers.has(id);
  }

  answerTo(id: bigint): bigint | undefined {
    return this.answers.get(id);
  }

  isForgotten(id: bigint): boolean {
    return id <= this.highestForgotten;
  }

  private forgetOldest(): void {
    for (const id of this.answers.keys()) {
      this.answers.delete(id);
      if (id > this.highestForgotten) this.highestForgotten = id;
      return;
    }
  }
}
