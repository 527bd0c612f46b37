import type { Api } from "telegram";
import { issuePermit, revokePermit, type Permit } from "../permit.js";
import type { SessionKey } from "../session/session-string.js";
import type { LoginWire } from "../telegram/login-wire.js";
import { byPhone } from "./by-phone.js";
import { byQr } from "./by-qr.js";
import { userOf, type Flow } from "./flow.js";
import { loginFailed } from "./refusals.js";

export interface LogInOptions extends Omit<Flow, "wire"> {
  readonly way: "phone" | "qr";
  /** Opens the wire whose requests pass under this permit. */
  readonly open: (permit: Permit) => LoginWire;
}

/** A login that succeeded. */
export interface LogIn {
  readonly key: SessionKey;
  readonly user: Api.User;
}

export interface LogOutOptions {
  readonly open: (permit: Permit) => LoginWire;
  readonly signal: AbortSignal;
}

/** Ends the session at Telegram: whoever has its key has nothing more. */
export async function runLogout({ open, signal }: LogOutOptions): Promise<void> {
  const permit = issuePermit("logout");
  const wire = open(permit);
  try {
    await wire.invoke(new wire.api.auth.LogOut(), signal);
  } finally {
    revokePermit(permit);
    await wire.close();
  }
}

/** Runs one login from its first question to its end. The permit to send login requests is for it alone. */
export async function runLogin({ way, open, ...rest }: LogInOptions): Promise<LogIn> {
  const permit = issuePermit("login");
  const wire = open(permit);
  try {
    const flow = { ...rest, wire };
    const user = userOf(await (way === "qr" ? byQr(flow) : byPhone(flow)));
    if (user === undefined) throw loginFailed("unexpected");
    return { key: wire.key, user };
  } finally {
    revokePermit(permit);
    await wire.close();
  }
}
