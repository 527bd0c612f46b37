import { decode, encode } from "../tl/codec.js";
import { registry } from "../tl/registry.js";
import type * as Tl from "../tl/types.js";
import type { Connection } from "./connection.js";
import type { Incoming } from "./container.js";
import type { Endpoint } from "./endpoint.js";
import type { Session } from "./session.js";

/** A message of the protocol itself, and where it came from. */
interface Place {
  readonly message: Incoming;
  readonly session: Session;
  readonly connection: Connection;
  readonly endpoint: Endpoint;
}

type Service = Tl.AnyRequest | Tl.AnyConstructor;
type Named<N extends string> = Extract<Service, { readonly _: N }>;
type Services = { readonly [N in Name]: (object: Named<N>, place: Place) => void };
type Name =
  | "msgs_ack"
  | "http_wait"
  | "ping"
  | "ping_delay_disconnect"
  | "get_future_salts"
  | "destroy_session"
  | "destroy_auth_key"
  | "rpc_drop_answer"
  | "msgs_state_req"
  | "msgs_state_info"
  | "msgs_all_info"
  | "msg_detailed_info"
  | "msg_new_detailed_info"
  | "bad_msg_notification"
  | "msg_resend_req";

/** Answers to messages that are not wrapped in rpc_result. */
const DIRECT = { isAnswer: true, isContent: false };

/** core.telegram.org/mtproto/service_messages and .../service_messages_about_messages */
const SERVICES: Services = {
  msgs_ack: ({ msg_ids }, { session }) => {
    for (const id of msg_ids) session.outbox.drop(id);
  },
  http_wait: () => undefined,
  ping: ({ ping_id }, place) => {
    pong(ping_id, place);
  },
  ping_delay_disconnect: ({ ping_id, disconnect_delay }, place) => {
    place.connection.disconnectAfter(disconnect_delay * 1000);
    pong(ping_id, place);
  },
  get_future_salts: ({ num }, place) => {
    futureSalts(num, place);
  },
  destroy_session: ({ session_id }, { session }) => {
    const known = session_id !== session.id && session.key.sessions.delete(session_id);
    const answer: Tl.TypeDestroySessionRes = { _: known ? "destroy_session_ok" : "destroy_session_none", session_id };
    session.notify(answer, DIRECT);
  },
  destroy_auth_key: (_, { session, endpoint }) => {
    const answer: Tl.TypeDestroyAuthKeyRes = { _: "destroy_auth_key_ok" };
    session.notify(answer, DIRECT);
    endpoint.keys.delete(session.key.id);
  },
  rpc_drop_answer: ({ req_msg_id }, place) => {
    dropAnswer(req_msg_id, place);
  },
  msgs_state_req: ({ msg_ids }, { session, message }) => {
    const info = Buffer.from(msg_ids.map((id) => stateOf(id, session)));
    const answer: Tl.msgs_state_info = { _: "msgs_state_info", req_msg_id: message.messageId, info };
    session.notify(answer, DIRECT);
  },
  msgs_state_info: () => undefined,
  msgs_all_info: () => undefined,
  msg_detailed_info: () => undefined,
  msg_new_detailed_info: () => undefined,
  bad_msg_notification: () => undefined,
  msg_resend_req: ({ msg_ids }, { session, message }) => {
    const missing = msg_ids.filter((id) => !session.resend(id));
    if (missing.length === 0) return;
    const info = Buffer.from(msg_ids.map((id) => stateOf(id, session)));
    const answer: Tl.msgs_state_info = { _: "msgs_state_info", req_msg_id: message.messageId, info };
    session.notify(answer, DIRECT);
  },
};

const isService = (name: string): name is Name => Object.hasOwn(SERVICES, name);

const nameOf = (body: Buffer): string | undefined =>
  body.length < 4 ? undefined : registry().numbered(body.readUInt32LE())?.name;

/** Whether it is a message of the protocol itself. */
export function isServiceMessage(body: Buffer): boolean {
  const name = nameOf(body);
  return name !== undefined && isService(name);
}

/** Handles a message of the protocol itself; false means that it is a request of the API. */
export function serve(message: Incoming, session: Session, connection: Connection, endpoint: Endpoint): boolean {
  const name = nameOf(message.body);
  if (name === undefined || !isService(name)) return false;
  const handle = SERVICES[name] as (object: never, place: Place) => void;
  handle(decode(message.body) as never, { message, session, connection, endpoint });
  return true;
}

function pong(pingId: bigint, { session, message }: Place): void {
  const answer: Tl.pong = { _: "pong", msg_id: message.messageId, ping_id: pingId };
  session.notify(answer, DIRECT);
}

function futureSalts(count: number, { session, message, endpoint }: Place): void {
  const now = endpoint.clock.unixTime();
  const salts = session.key.salts.future(count, now).map(({ salt, since, until }): Tl.future_salt => {
    return { _: "future_salt", valid_since: since, valid_until: until, salt };
  });
  const answer: Tl.future_salts = { _: "future_salts", req_msg_id: message.messageId, now, salts };
  session.notify(answer, DIRECT);
}

function dropAnswer(requestId: bigint, { session, message }: Place): void {
  session.answer(message.messageId, encode(dropped(requestId, session)));
}

/** core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query */
function dropped(requestId: bigint, session: Session): Tl.TypeRpcDropAnswer {
  if (session.received.abandon(requestId)) return { _: "rpc_answer_dropped_running" };
  const answerId = session.received.answerTo(requestId);
  const kept = answerId === undefined ? undefined : session.outbox.find(answerId);
  if (!kept) return { _: "rpc_answer_unknown" };
  session.outbox.drop(kept.messageId);
  return { _: "rpc_answer_dropped", msg_id: kept.messageId, seq_no: kept.seqno, bytes: kept.body.length };
}

/** core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages */
const State = { nothingKnown: 1, notReceived: 2, toCome: 3, received: 4, acknowledged: 8, running: 32, answered: 64 };

/** The byte that describes a message of the client. */
function stateOf(id: bigint, { received, outbox }: Session): number {
  if (!received.has(id)) {
    if (received.isForgotten(id)) return State.nothingKnown;
    return received.isToCome(id) ? State.toCome : State.notReceived;
  }
  const answerId = received.answerTo(id);
  if (answerId !== undefined) {
    return State.received | State.answered | (outbox.find(answerId) ? 0 : State.acknowledged);
  }
  return State.received | (received.isRunning(id) ? State.running : 0);
}
