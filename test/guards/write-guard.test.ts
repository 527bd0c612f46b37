import { describe, expect, test } from "vitest";
import type { CallKind } from "../../src/call.js";
import { compose } from "../../src/chain.js";
import { issueClaim, type Claim } from "../../src/claim.js";
import { isGuardError, type ErrorCode } from "../../src/errors.js";
import type { MethodClass } from "../../src/call.js";
import { writeGuard } from "../../src/guards/write-guard.js";
import { callOf, requestOf, script } from "../support/calls.js";

const request = requestOf("request");
const claims: Readonly<Record<string, Claim | undefined>> = {
  none: undefined,
  issued: issueClaim("action", "action:1:0", request),
  forged: { actionId: "action", reservation: "action:1:0" },
};
const kinds: readonly CallKind[] = ["read", "write", "auth"];

/** Let through, or refused with a code: `unclaimed` is what happens without a claim that was issued. */
const rules: readonly {
  readonly of: MethodClass | undefined;
  readonly unclaimed?: ErrorCode;
  readonly claimed?: ErrorCode;
}[] = [
  { of: "read" },
  { of: "write", unclaimed: "write_denied" },
  { of: "danger", unclaimed: "write_denied" },
  { of: "login", unclaimed: "login_denied", claimed: "login_denied" },
  { of: "wrapper", unclaimed: "method_unknown", claimed: "method_unknown" },
  { of: "service", unclaimed: "method_unknown", claimed: "method_unknown" },
  { of: undefined, unclaimed: "method_unknown", claimed: "method_unknown" },
];

async function pass(methodClass: MethodClass | undefined, kind: CallKind, claim: Claim | undefined) {
  const transport = script("answer");
  const chain = compose([writeGuard({ classify: () => methodClass })], transport);
  const call = callOf({ request, kind, ...(claim === undefined ? {} : { claim }) });
  const code = await chain(call).then(
    () => undefined,
    (error: unknown) => (isGuardError(error) ? error.code : "no GuardError"),
  );
  return { code, sent: transport.calls.length, call, transport };
}

describe("The write guard", () => {
  for (const { of, unclaimed, claimed } of rules) {
    for (const [claimName, claim] of Object.entries(claims)) {
      const expected = claimName === "issued" ? claimed : unclaimed;
      const verdict = expected === undefined ? "lets it through" : `refuses it with ${expected}`;
      test(`sees a method of class ${of ?? "unknown"} with claim "${claimName}" and ${verdict}, whatever kind the call says it is`, async () => {
        for (const kind of kinds) {
          const { code, sent } = await pass(of, kind, claim);
          expect([kind, code, sent]).toEqual([kind, expected, expected === undefined ? 1 : 0]);
        }
      });
    }
  }

  test("lets reads that leave a trace through when the caller said so, and else as an approved action alone", async () => {
    expect((await pass("trace", "read", undefined)).code).toBeUndefined();
    expect((await pass("trace", "write", undefined)).code).toBe("write_denied");
    expect((await pass("trace", "write", claims["forged"])).code).toBe("write_denied");
    expect((await pass("trace", "write", claims["issued"])).code).toBeUndefined();
  });

  test("passes the call on as it came", async () => {
    const { call, transport } = await pass("write", "write", claims["issued"]);
    expect(transport.calls[0]).toBe(call);
  });

  test("asks about the method that the call names, and says in a refusal what to do", async () => {
    const asked: string[] = [];
    const classify = (method: string): undefined => {
      asked.push(method);
    };
    const sending = compose([writeGuard({ classify })], script("answer"))(callOf({ method: "messages.newMethod" }));
    await expect(sending).rejects.toMatchObject({
      code: "method_unknown",
      details: { method: "messages.newMethod" },
      applied: "no",
      nextStep: expect.stringMatching(/\w/) as unknown,
    });
    expect(asked).toEqual(["messages.newMethod"]);
  });
});
