import { describe, expect, test } from "vitest";
import { claimCovers, isClaim, issueClaim } from "../../src/claim.js";
import { requestOf } from "../support/calls.js";

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("A claim", () => {
  test("covers the bytes of the request it was issued for, and nothing else", () => {
    const claim = issueClaim("action", "action:1:0", requestOf("send hello"));
    expect(claimCovers(claim, bytes("send hello"))).toBe(true);
    for (const other of ["send hello!", "send Hello", "", "send hell"])
      expect(claimCovers(claim, bytes(other))).toBe(false);
  });

  test("cannot be made by hand, by copying or by inheriting", () => {
    const claim = issueClaim("action", "action:1:0", requestOf("send"));
    const forgeries = [
      { actionId: "action", reservation: "action:1:0" },
      { ...claim },
      Object.create(claim) as typeof claim,
      structuredClone(claim),
    ];
    for (const forged of forgeries) {
      expect(isClaim(forged)).toBe(false);
      expect(claimCovers(forged, bytes("send"))).toBe(false);
    }
    expect(isClaim(undefined)).toBe(false);
    expect(claimCovers(undefined, bytes("send"))).toBe(false);
  });

  test("does not cover its request any more once that was changed", () => {
    const request = { ...requestOf(""), text: "hello", getBytes: () => bytes(request.text) };
    const claim = issueClaim("action", "action:1:0", request);
    expect(claimCovers(claim, request.getBytes())).toBe(true);
    request.text = "something else";
    expect(claimCovers(claim, request.getBytes())).toBe(false);
  });

  test("does not follow a buffer that is overwritten after it was issued", () => {
    const buffer = Buffer.from("send hello");
    const claim = issueClaim("action", "action:1:0", { ...requestOf(""), getBytes: () => buffer });
    buffer.write("send money");
    expect(claimCovers(claim, buffer)).toBe(false);
    expect(claimCovers(claim, bytes("send hello"))).toBe(true);
  });

  test("of one request does not cover another of the same action", () => {
    const [first, second] = [requestOf("first"), requestOf("second")];
    const claims = [issueClaim("action", "action:1:0", first), issueClaim("action", "action:1:0", second)];
    expect(claimCovers(claims[0], second.getBytes())).toBe(false);
    expect(claimCovers(claims[1], first.getBytes())).toBe(false);
  });

  test("cannot be changed and shows nothing but its action and what it reserves", () => {
    const claim = issueClaim("action", "action:1:0", requestOf("a secret text"));
    expect(Object.isFrozen(claim)).toBe(true);
    expect(Reflect.ownKeys(claim)).toEqual(["actionId", "reservation"]);
    expect(Reflect.set(claim, "actionId", "other")).toBe(false);
  });
});
