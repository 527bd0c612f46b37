import { Recurring } from "../recurring.js";

/**
 * What was built from things of the world, for as long as these live. Only what is built a second time is kept: the
 * collector moves whatever a weak map holds among the old, where it stays for long.
 */
export class Built<Source extends { readonly id: number }, Form> {
  readonly #forms = new WeakMap<Source, Form>();
  readonly #recurring = new Recurring();

  get(source: Source): Form | undefined {
    return this.#forms.get(source);
  }

  set(source: Source, form: Form): void {
    if (this.#recurring.has(source.id)) this.#forms.set(source, form);
  }
}
