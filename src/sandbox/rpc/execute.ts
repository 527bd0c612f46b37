import type { Logins } from "../login/logins.js";
import type { AuthKey } from "../mtproto/auth-key.js";
import type { Session } from "../mtproto/session.js";
import { encode, encodeResult } from "../tl/codec.js";
import type * as Tl from "../tl/types.js";
import { passTime } from "../world/release.js";
import type { World } from "../world/world.js";
import { admit } from "./admit.js";
import { RpcError } from "./handler.js";
import { handlers } from "./handlers/index.js";
import { Postponed } from "./handlers/postponed.js";
import type { LoginContext } from "./login/context.js";
import { loginHandlers } from "./login/index.js";
import { pushUpdates } from "./push.js";
import type { Unwrapped } from "./wrappers.js";

/** What a request came to: the name for the log and the bytes for the client. */
export interface Outcome {
  readonly name: string;
  readonly result: Buffer;
  /** What takes its place, if it comes in time. */
  readonly awaited?: AwaitedAnswer;
}

/** An answer that depends on somebody else. */
interface AwaitedAnswer {
  readonly mostMs: number;
  /** Begins to wait, and returns how that ends. */
  readonly begin: (settle: (outcome: Outcome) => void) => () => void;
}

export interface ExecutionEnvironment {
  readonly world: World;
  readonly now: () => number;
  readonly logins: Logins;
  readonly report: (problem: unknown) => void;
  readonly reportUnserved: (method: string) => void;
}

export const refusal = (error: RpcError): Outcome => {
  const body: Tl.rpc_error = { _: "rpc_error", error_code: error.code, error_message: error.message };
  return { name: error.message, result: encode(body) };
};

/** Carries out a request and never throws: what the client did wrong is its answer, and so is what we did wrong. */
export function execute(unwrapped: Placed, session: Session, environment: ExecutionEnvironment): Outcome {
  try {
    return { name: "ok", result: run(unwrapped, session, environment) };
  } catch (error) {
    if (error instanceof Postponed) return { ...refusal(error), awaited: awaitedOf(error, unwrapped.method) };
    if (error instanceof RpcError) return refusal(error);
    environment.report(error);
    return refusal(new RpcError(500, "INTERNAL"));
  }
}

const awaitedOf = ({ mostMs, begin }: Postponed, method: string): AwaitedAnswer => ({
  mostMs,
  begin: (settle) =>
    begin((answer) => {
      settle(answer instanceof RpcError ? refusal(answer) : { name: "ok", result: encodeResult(method, answer) });
    }),
});

/** A request, and the message that it came in. */
interface Placed extends Unwrapped {
  readonly messageId: bigint;
}

type Carry = (request: never, context: LoginContext) => unknown;

/** By name alone: a union of all their types is more than the compiler takes. */
type Served = Readonly<Partial<Record<string, Carry>>>;
const served: Served = { ...(handlers as Served), ...(loginHandlers as Served) };

function run(unwrapped: Placed, session: Session, environment: ExecutionEnvironment): Buffer {
  const { method, wrappers, takeoutId, request } = unwrapped;
  const { key } = session;
  noteUpdates(session, method, wrappers);
  if (request instanceof RpcError) throw request;
  if (!key.about && method !== "auth.bindTempAuthKey") throw new RpcError(400, "CONNECTION_NOT_INITED");
  admit(key, method, environment.world);
  checkTakeout(takeoutId, key, environment.world);
  if (key.device) key.device.activeAt = Math.floor(environment.now() / 1000);
  const handler = served[request._];
  if (handler === undefined) {
    environment.reportUnserved(method);
    throw new RpcError(501, "SANDBOX_NOT_IMPLEMENTED");
  }
  passTime(environment.world);
  const answer = handler(request as never, contextOf(unwrapped, session, environment));
  return encodeResult(method, answer);
}

/** File transfers run over sessions of their own, which real servers do not send updates to. */
function noteUpdates(session: Session, method: string, wrappers: readonly string[]): void {
  if (wrappers.includes("invokeWithoutUpdates")) session.updates = "unwanted";
  else if (session.updates === "unasked" && !method.startsWith("upload.")) session.updates = "wanted";
}

/** What is wrapped for an export that is not under way is not carried out. */
function checkTakeout(id: bigint | undefined, { account }: AuthKey, { takeouts }: World): void {
  if (id === undefined) return;
  if (account === undefined || !takeouts.isRunning(account.id, id)) throw new RpcError(400, "TAKEOUT_INVALID");
}

function contextOf(
  { takeoutId, messageId }: Placed,
  session: Session,
  environment: ExecutionEnvironment,
): LoginContext {
  const { world, now, logins } = environment;
  const { key } = session;
  return {
    world,
    logins,
    key,
    sessionId: session.id,
    messageId,
    dcId: key.dcId,
    takeoutId,
    now: now(),
    push: (account, updates) => {
      pushUpdates(logins.keys(), account.id, updates, session);
    },
    get account() {
      // Methods that need no account may still ask for one, and then need it after all.
      if (key.account === undefined) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
      return key.account;
    },
  };
}
