/** No text of a result is longer than this; what is beyond it is cut before it is told. */
const LONGEST_TEXT = 4096;

/** The room that an item takes in a result, in characters of JSON: what is cut of its texts takes none. */
export const roomOf = (item: unknown): number =>
  JSON.stringify(item, (_, value: unknown) => (typeof value === "string" ? value.slice(0, LONGEST_TEXT) : value))
    .length;
