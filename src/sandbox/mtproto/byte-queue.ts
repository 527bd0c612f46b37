/** Bytes that have arrived and wait until enough of them are there. Chunks are joined only when a frame spans them. */
export class ByteQueue {
  private chunks: Buffer[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The first bytes, left in place; undefined until that many are there. */
  peek(length: number): Buffer | undefined {
    return length > this.size ? undefined : this.head(length).subarray(0, length);
  }

  /** Removes and returns the first bytes. At least that many must be there. */
  take(length: number): Buffer {
    const head = this.head(length);
    this.size -= length;
    if (head.length === length) this.chunks.shift();
    else this.chunks[0] = head.subarray(length);
    return head.subarray(0, length);
  }

  /** Makes the first chunk hold at least that many bytes. */
  private head(length: number): Buffer {
    const [first = Buffer.alloc(0)] = this.chunks;
    if (first.length >= length) return first;
    let count = 0;
    let gathered = 0;
    while (gathered < length) gathered += this.chunks[count++]?.length ?? 0;
    const joined = Buffer.concat(this.chunks.slice(0, count), gathered);
    this.chunks.splice(0, count, joined);
    return joined;
  }
}
