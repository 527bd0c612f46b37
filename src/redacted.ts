const HIDDEN = "[redacted]";

/**
 * A secret on its way: whoever prints, logs or serialises it sees that there is one, and nothing of it.
 *
 * @example
 * ```ts
 * import { Redacted } from "tg-guarded";
 *
 * const secret = new Redacted("lighthouse");
 * console.log(secret, JSON.stringify({ secret }), `${secret}`); // [redacted], three times
 * console.log(secret.map(({ length }) => length).expose()); // 10
 * ```
 */
export class Redacted<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /**
   * The secret itself. Call it where it is used, and nowhere before.
   *
   * @example
   * ```ts
   * import { Redacted } from "tg-guarded";
   *
   * const token = new Redacted("lighthouse");
   * const headers = { authorization: `Bearer ${token.expose()}` };
   * ```
   */
  expose(): T {
    return this.#value;
  }

  /** What can be made of it, as secret as it is. */
  map<U>(make: (value: T) => U): Redacted<U> {
    return new Redacted(make(this.#value));
  }

  /** Always `[redacted]`. */
  toString(): string {
    return HIDDEN;
  }

  /** Always `[redacted]`. */
  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}
