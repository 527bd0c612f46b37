/** What is to happen, carried out in the order of time: a mailbox numbers its messages as they come. */
export class Agenda {
  readonly #plans: { readonly date: number; readonly act: () => void }[] = [];

  at(date: number, act: () => void): void {
    this.#plans.push({ date, act });
  }

  run(): void {
    for (const { act } of this.#plans.sort((a, b) => a.date - b.date)) act();
  }
}
