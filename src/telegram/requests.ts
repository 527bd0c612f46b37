import { tlobjects } from "telegram/tl/AllTLObjects.js";
import { BinaryReader } from "telegram/extensions/index.js";
import { classOf } from "./method-table.js";

/** MTProto's own functions, whose names GramJS changes more than the others. */
const MTPROTO: Readonly<Record<string, string>> = {
  ReqPq: "req_pq",
  ReqPqMulti: "req_pq_multi",
  ReqDHParams: "req_DH_params",
  SetClientDHParams: "set_client_DH_params",
  RpcDropAnswer: "rpc_drop_answer",
  GetFutureSalts: "get_future_salts",
  Ping: "ping",
  PingDelayDisconnect: "ping_delay_disconnect",
  DestroySession: "destroy_session",
  DestroyAuthKey: "destroy_auth_key",
};

/** GramJS writes `messages.SendMessage` where TL has `messages.sendMessage`. */
const tlName = (className: string): string =>
  MTPROTO[className] ??
  className.replace(/(^|\.)([A-Z])/, (_, dot: string, letter: string) => dot + letter.toLowerCase());

interface Decoded {
  readonly className: string;
  readonly query?: unknown;
}
const isDecoded = (value: unknown): value is Decoded =>
  typeof value === "object" && value !== null && "className" in value && typeof value.className === "string";

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(tlobjects as Readonly<Record<string, unknown>>).flatMap(([id, definition]) =>
    hasName(definition) ? [[Number(id), tlName(definition.className)] as const] : [],
  ),
);

function hasName(definition: unknown): definition is { readonly className: string } {
  return typeof definition === "function" && "className" in definition && typeof definition.className === "string";
}

function nameOf(bytes: Buffer): string {
  const id = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
  return names.get(id) ?? `#${id.toString(16).padStart(8, "0")}`;
}

/**
 * The method of the innermost request, read from the bytes that are about to be sent: what an object says of itself
 * is not evidence. Wrappers are decoded and taken off.
 */
export function methodOf(bytes: Buffer): string {
  const outermost = nameOf(bytes);
  if (classOf(outermost) !== "wrapper") return outermost;
  let inner: unknown = new BinaryReader(bytes).tgReadObject();
  while (isDecoded(inner) && classOf(tlName(inner.className)) === "wrapper") inner = inner.query;
  return isDecoded(inner) ? tlName(inner.className) : outermost;
}
