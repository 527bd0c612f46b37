import type { AuthKey } from "../mtproto/auth-key.js";
import type { Session } from "../mtproto/session.js";
import { encode, encodeResult } from "../tl/codec.js";
import type * as Tl from "../tl/types.js";
import { passTime } from "../world/release.js";
import type { World } from "../world/world.js";
import { RpcError, type RequestContext } from "./handler.js";
import { handlers, WITHOUT_ACCOUNT } from "./handlers/index.js";
import { pushUpdates } from "./push.js";
import type { Unwrapped } from "./wrappers.js";

/** What a request came to: the name for the log and the bytes for the client. */
export interface Outcome {
  readonly name: string;
  readonly result: Buffer;
}

export interface ExecutionEnvironment {
  readonly world: World;
  readonly now: () => number;
  readonly keys: ReadonlyMap<bigint, AuthKey>;
  readonly report: (problem: unknown) => void;
  readonly reportUnserved: (method: string) => void;
}

export const refusal = (error: RpcError): Outcome => {
  const body: Tl.rpc_error = { _: "rpc_error", error_code: error.code, error_message: error.message };
  return { name: error.message, result: encode(body) };
};

/** Carries out a request and never throws: what the client did wrong is its answer, and so is what we did wrong. */
export function execute(unwrapped: Unwrapped, session: Session, environment: ExecutionEnvironment): Outcome {
  try {
    return { name: "ok", result: run(unwrapped, session, environment) };
  } catch (error) {
    if (error instanceof RpcError) return refusal(error);
    environment.report(error);
    return refusal(new RpcError(500, "INTERNAL"));
  }
}

function run(unwrapped: Unwrapped, session: Session, environment: ExecutionEnvironment): Buffer {
  const { method, wrappers, takeoutId, request } = unwrapped;
  const { key } = session;
  if (wrappers.includes("initConnection")) key.initialized = true;
  noteUpdates(session, method, wrappers);
  if (request instanceof RpcError) throw request;
  if (!key.initialized) throw new RpcError(400, "CONNECTION_NOT_INITED");
  if (key.account === undefined && !WITHOUT_ACCOUNT.has(method)) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
  checkTakeout(takeoutId, key, environment.world);
  const handler = handlers[request._] as ((request: never, context: RequestContext) => unknown) | undefined;
  if (handler === undefined) {
    environment.reportUnserved(method);
    throw new RpcError(501, "SANDBOX_NOT_IMPLEMENTED");
  }
  passTime(environment.world);
  const answer = handler(request as never, contextOf(session, environment, takeoutId));
  const result = encodeResult(method, answer);
  followLogin(key, method, answer, environment.world);
  return result;
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

function contextOf(session: Session, environment: ExecutionEnvironment, takeoutId: bigint | undefined): RequestContext {
  const { world, now, keys } = environment;
  return {
    world,
    takeoutId,
    now: now(),
    push: (account, updates) => {
      pushUpdates(keys.values(), account.id, updates, session);
    },
    get account() {
      // Methods that need no account may still ask for one, and then need it after all.
      if (session.key.account === undefined) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
      return session.key.account;
    },
  };
}

/** A key belongs to whom a login's answer names, until it logs out. */
function followLogin(key: AuthKey, method: string, answer: unknown, world: World): void {
  if (method === "auth.logOut") key.account = undefined;
  if (!method.startsWith("auth.") || typeof answer !== "object" || answer === null) return;
  const inner = "authorization" in answer ? answer.authorization : answer;
  if (typeof inner !== "object" || inner === null || !("user" in inner)) return;
  const { user } = inner;
  if (typeof user !== "object" || user === null || !("id" in user)) return;
  key.account = world.accounts.find(({ id }) => id === Number(user.id));
}
