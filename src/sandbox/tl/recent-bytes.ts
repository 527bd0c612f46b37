/** Each of the two generations holds as many. */
const MOST = 2048;

/**
 * How objects were written lately. Two generations, of which the older one is dropped as a whole: it is as quick as a
 * map, and holds no more than it says, which a weak map does not.
 */
export class RecentBytes {
  private young = new Map<object, Buffer>();
  private old = new Map<object, Buffer>();

  of(object: object): Buffer | undefined {
    const known = this.young.get(object);
    if (known !== undefined) return known;
    const older = this.old.get(object);
    if (older !== undefined) this.keep(object, older);
    return older;
  }

  keep(object: object, bytes: Buffer): void {
    if (this.young.size >= MOST) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(object, bytes);
  }
}
