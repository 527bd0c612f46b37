/**
 * Makes lines of what arrives in pieces. One that is too long is left out whole: half of it could show half a secret, which
 * nobody would know for one.
 */
export class BoundedLines {
  #parts: Buffer[] = [];
  #bytes = 0;
  #isTooLong = false;

  /** @param onLine called with `undefined` for a line that was too long */
  constructor(
    private readonly limitBytes: number,
    private readonly onLine: (line: string | undefined) => void,
  ) {}

  push(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      this.#add(rest.subarray(0, end));
      this.flush();
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#add(rest);
  }

  /** What has arrived of the last line. */
  flush(): void {
    const line = this.#isTooLong ? undefined : Buffer.concat(this.#parts).toString("utf8").replace(/\r$/, "");
    this.#parts = [];
    this.#bytes = 0;
    this.#isTooLong = false;
    this.onLine(line);
  }

  get hasPart(): boolean {
    return this.#bytes > 0;
  }

  #add(part: Buffer): void {
    this.#bytes += part.length;
    this.#isTooLong ||= this.#bytes > this.limitBytes;
    if (this.#isTooLong) this.#parts = [];
    else this.#parts.push(part);
  }
}
