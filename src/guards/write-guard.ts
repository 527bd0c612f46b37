import type { Call, MethodClass } from "../call.js";
import type { Guard, Next } from "../chain.js";
import { isClaim } from "../claim.js";
import { GuardError } from "../errors.js";
import { isPermit } from "../permit.js";

/** How the write guard tells reads from writes. */
export interface WriteGuardOptions {
  /** `undefined` for a method nobody has classified. */
  readonly classify: (method: string) => MethodClass | undefined;
}

/** Lets reads through, writes only with a claim, logins only with a permit, and what is not classified never. */
export function writeGuard({ classify }: WriteGuardOptions): Guard {
  return function writeGuard<T>(call: Call<T>, next: Next): Promise<T> {
    const refusal = refuse(call, classify(call.method));
    return refusal === undefined ? next(call) : Promise.reject(refusal);
  };
}

function refuse({ method, claim, permit, kind }: Call, methodClass: MethodClass | undefined): GuardError | undefined {
  switch (methodClass) {
    case "read":
      return undefined;
    case "trace":
      return kind === "read" || isClaim(claim) ? undefined : writeDenied(method);
    case "write":
    case "danger":
      return isClaim(claim) ? undefined : writeDenied(method);
    case "login":
      if (isPermit(permit)) return undefined;
      return new GuardError("login_denied", `${method} belongs to the login flow and was not sent.`, {
        details: { method },
        nextStep: "Log in with `tg-guarded login`, or with the login functions of the SDK.",
      });
    case "wrapper":
    case "service":
    case undefined:
      return new GuardError("method_unknown", `${method} is not a method that may be sent; it was refused.`, {
        details: { method },
        nextStep: "Check the name against the schema of layer 198; only classified methods are let through.",
      });
  }
}

const writeDenied = (method: string): GuardError<"write_denied"> =>
  new GuardError(
    "write_denied",
    `${method} changes something at Telegram and was not sent: it has no approved action.`,
    {
      details: { method },
      nextStep: "Use client.actions, which previews the action and asks for approval.",
    },
  );
