import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundedLines } from "../../adapters/mcp/bounded-lines.js";

function linesOf(chunks: readonly Uint8Array[], limitBytes: number): readonly (string | undefined)[] {
  const lines: (string | undefined)[] = [];
  const reader = new BoundedLines(limitBytes, (line) => lines.push(line));
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  if (reader.hasPart) reader.flush();
  return lines;
}

/** A text in pieces that are cut anywhere, inside a character too. */
const pieces = fc.tuple(fc.array(fc.string({ unit: "grapheme" })), fc.array(fc.nat(40))).map(([words, cuts]) => {
  const text = words.map((word) => word.replace(/[\r\n]/g, "")).join("\n");
  let rest = Buffer.from(text);
  const chunks: Uint8Array[] = [];
  for (const cut of cuts) {
    chunks.push(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  return { text, chunks: [...chunks, rest] };
});

describe("Lines of what arrives in pieces", () => {
  it("are the same however it is cut", () => {
    fc.assert(
      fc.property(pieces, ({ text, chunks }) => {
        const expected = text.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(linesOf(chunks, 1_000_000)).toEqual(expected);
      }),
    );
  });

  it("are left out whole where they are too long", () => {
    fc.assert(
      fc.property(pieces, fc.nat(30), ({ text, chunks }, limit) => {
        const lines = text.split("\n").map((line) => (Buffer.byteLength(line) > limit ? undefined : line));
        if (lines.at(-1) === "") lines.pop();
        expect(linesOf(chunks, limit)).toEqual(lines);
      }),
    );
  });

  it("end as Windows has them, too", () => {
    expect(linesOf([Buffer.from("one\r\ntwo\r"), Buffer.from("\nthree")], 100)).toEqual(["one", "two", "three"]);
  });
});
