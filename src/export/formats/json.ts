import type { Format } from "./format.js";

/** JSON Lines (jsonlines.org): one object a line. */
export const jsonl = <T>(): Format<T> => ({
  head: "",
  tail: "",
  render: (items, { count }) => ({
    text: items.map((item) => `${JSON.stringify(item)}\n`).join(""),
    written: { count: count + items.length },
  }),
});

/** One array (RFC 8259), one object a line. */
export const json = <T>(): Format<T> => ({
  head: "[",
  tail: "\n]\n",
  render: (items, { count }) => ({
    text: items.map((item, place) => `${count + place === 0 ? "" : ","}\n${JSON.stringify(item)}`).join(""),
    written: { count: count + items.length },
  }),
});
