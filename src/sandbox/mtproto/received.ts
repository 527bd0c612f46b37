/** How many of a session's messages are remembered at least. */
const MAX_REMEMBERED = 4096;

export type Novelty = "new" | "repeated" | "forgotten";

/** What has become of a message. */
interface Fate {
  answerId?: bigint;
  /** The request was carried out, well or not. */
  result?: "done" | "failed";
  /** Its answer is not wanted any more. */
  isAbandoned?: boolean;
}

/** Which messages of the client were taken in, so that none is executed twice. */
export class Received {
  private readonly fates = new Map<bigint, Fate>();
  private highestForgotten = 0n;
  private highest = 0n;

  /** Takes a message in. What is too old to be remembered counts as neither new nor repeated. */
  admit(id: bigint): Novelty {
    if (this.fates.has(id)) return "repeated";
    if (id <= this.highestForgotten) return "forgotten";
    this.fates.set(id, {});
    if (id > this.highest) this.highest = id;
    if (this.fates.size > MAX_REMEMBERED) this.forgetOldest();
    return "new";
  }

  /** Makes as if the message had never come. */
  expel(id: bigint): void {
    this.fates.delete(id);
  }

  answered(id: bigint, answerId: bigint): void {
    const fate = this.fates.get(id);
    if (fate) fate.answerId = answerId;
  }

  settled(id: bigint, result: "done" | "failed"): void {
    const fate = this.fates.get(id);
    if (fate) fate.result = result;
  }

  /** Its answer will not be sent; false when it was, or when there is no such message. */
  abandon(id: bigint): boolean {
    const fate = this.fates.get(id);
    if (!fate || fate.answerId !== undefined) return false;
    fate.isAbandoned = true;
    return true;
  }

  isAbandoned(id: bigint): boolean {
    return this.fates.get(id)?.isAbandoned === true;
  }

  /** It was carried out, and its answer has not left yet. */
  isRunning(id: bigint): boolean {
    const fate = this.fates.get(id);
    return fate?.result !== undefined && fate.answerId === undefined && fate.isAbandoned !== true;
  }

  has(id: bigint): boolean {
    return this.fates.has(id);
  }

  answerTo(id: bigint): bigint | undefined {
    return this.fates.get(id)?.answerId;
  }

  resultOf(id: bigint): "done" | "failed" | undefined {
    return this.fates.get(id)?.result;
  }

  isForgotten(id: bigint): boolean {
    return id <= this.highestForgotten;
  }

  isToCome(id: bigint): boolean {
    return id > this.highest;
  }

  private forgetOldest(): void {
    for (const id of this.fates.keys()) {
      this.fates.delete(id);
      if (id > this.highestForgotten) this.highestForgotten = id;
      return;
    }
  }
}
