/** What a format must know of what it has written so far. It is kept in the checkpoint. */
export interface Written {
  /** Records so far. */
  readonly count: number;
  /** What the format carries from one record to the next: the day of the last message, for one. */
  readonly carry?: string;
}

interface Rendered {
  readonly text: string;
  readonly written: Written;
}

/** How records become text. A file is head, records, tail; whatever stands between two of these can be cut off and written again. */
export interface Format<T> {
  readonly head: string;
  readonly tail: string;
  render(items: readonly T[], written: Written): Rendered;
}

export const NOTHING_WRITTEN: Written = { count: 0 };
