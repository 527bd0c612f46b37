import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import {
  approvalKey,
  canonicalJson,
  digestOf,
  newApprovalCode,
  newRandomId,
  type Json,
} from "../../src/actions/digest.js";

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false),
    // -0 is written as 0, and no payload of ours can tell them apart.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.integer(),
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 4 }), tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The same value with the keys of all its objects in another order. */
function shuffled(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(shuffled);
  const fields = Object.entries(value).reverse();
  return Object.fromEntries(fields.map(([key, field]) => [key, field === undefined ? field : shuffled(field)]));
}

describe("Canonical JSON", () => {
  test("does not depend on the order of keys, at any depth", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test("is JSON of the very same value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isDeepStrictEqual(JSON.parse(canonicalJson(value)), value)).toBe(true);
      }),
    );
  });

  test("is the same for two values if and only if they are equal", () => {
    const pairs = fc.oneof(
      fc.tuple(json, json),
      json.map((value): [Json, Json] => [value, shuffled(value)]),
    );
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(one, other));
        expect(digestOf(one) === digestOf(other)).toBe(isDeepStrictEqual(one, other));
      }),
      { numRuns: 500 },
    );
  });

  test("leaves out what is undefined", () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined, d: [1] } })).toBe('{"a":{"d":[1]}}');
  });

  test("tells apart what looks alike", () => {
    const alike: readonly Json[] = [
      "1",
      1,
      [1],
      ["1"],
      { 1: 1 },
      true,
      "true",
      null,
      "null",
      "",
      [],
      {},
      [[]],
      [{}],
      "é",
      "e\u0301",
      " ",
      "\u00a0",
    ];
    expect(new Set(alike.map(digestOf)).size).toBe(alike.length);
  });

  test("keeps a key from reaching out of its object", () => {
    expect(canonicalJson({ 'a":1,"b': 2 })).not.toBe(canonicalJson({ a: 1, b: 2 }));
    expect(canonicalJson({ a: '","b":"c' })).not.toBe(canonicalJson({ a: "", b: "c" }));
  });
});

describe("The digest", () => {
  test("is the SHA-256 of the canonical JSON, so another program can check it", () => {
    expect(digestOf({ b: 1, a: [true, null, "ü"] })).toBe(digestOf({ a: [true, null, "ü"], b: 1 }));
    expect(digestOf({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});

describe("Approval codes", () => {
  test("have eight characters that nobody mistakes for others, and do not repeat", () => {
    const codes = Array.from({ length: 2000 }, newApprovalCode);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("count however they are typed, and for their own action alone", () => {
    expect(approvalKey("digest", " abcd1234 \n")).toBe(approvalKey("digest", "ABCD1234"));
    expect(approvalKey("digest", "ABCD1234")).not.toBe(approvalKey("another", "ABCD1234"));
    expect(approvalKey("digest", "ABCD1234")).not.toContain("ABCD1234");
  });
});

test("A random id is a signed 64-bit number other than 0, and does not repeat", () => {
  const ids = Array.from({ length: 2000 }, newRandomId);
  for (const id of ids) {
    expect(BigInt.asIntN(64, BigInt(id)).toString()).toBe(id);
    expect(id).not.toBe("0");
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.some((id) => id.startsWith("-"))).toBe(true);
});
