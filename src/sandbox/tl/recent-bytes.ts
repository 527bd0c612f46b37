import { Recurring } from "../recurring.js";

/** Each of the two generations holds as many. */
const MOST = 2048;

/** What is written so often that its bytes are worth keeping: people and messages, which are told by their ids. */
export interface Numbered {
  readonly id: number | bigint;
}

/**
 * How objects were written lately. Two generations, of which the older one is dropped as a whole: it is as quick as a
 * map, and holds no more than it says, which a weak map does not. An object whose bytes are kept can never change.
 */
export class RecentBytes {
  private young = new Map<object, Buffer>();
  private old = new Map<object, Buffer>();
  private readonly recurring = new Recurring();

  of(object: object): Buffer | undefined {
    const known = this.young.get(object);
    if (known !== undefined) return known;
    const older = this.old.get(object);
    if (older !== undefined) this.add(object, older);
    return older;
  }

  /** Whether an object like this one was written before, and its bytes may be kept. It is frozen then. */
  wants(object: Numbered): boolean {
    const { id } = object;
    return this.recurring.has(typeof id === "number" ? Math.abs(id) : Number(BigInt.asUintN(48, id))) && freeze(object);
  }

  add(object: object, bytes: Buffer): void {
    if (this.young.size >= MOST) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(object, bytes);
  }
}

/** Makes a value unchangeable with all that it holds; false when that cannot be, as bytes stay open to anybody. */
function freeze(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (ArrayBuffer.isView(value)) return false;
  for (const part of Object.values(value)) if (!freeze(part)) return false;
  Object.freeze(value);
  return true;
}
