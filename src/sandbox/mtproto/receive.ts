import type * as Tl from "../tl/types.js";
import type { Connection } from "./connection.js";
import { CONTAINER_ID, openContainer, type Incoming } from "./container.js";
import type { Endpoint } from "./endpoint.js";
import { isPacked, unpack, UnpackingAllowance } from "./gzip.js";
import type { Envelope } from "./message-crypto.js";
import { BadMessage, checkClientId } from "./message-ids.js";
import { randomLong } from "./salts.js";
import { isServiceMessage, serve } from "./service.js";
import type { Session } from "./session.js";

/** One packet under way: where it came from, and what it may still cost. */
interface Arrival {
  readonly session: Session;
  readonly connection: Connection;
  readonly endpoint: Endpoint;
  readonly allowance: UnpackingAllowance;
}

/** Takes in what one packet carries, in order. */
export function receive(envelope: Envelope, session: Session, connection: Connection, endpoint: Endpoint): void {
  const now = endpoint.clock.unixTime();
  const badId = checkClientId(envelope.messageId, now);
  if (badId !== undefined) {
    session.sequence.restart();
    reject(session, envelope, badId);
    return;
  }
  if (!session.key.salts.accepts(envelope.salt, now)) {
    rejectSalt(session, envelope, now);
    return;
  }
  announce(session, envelope.messageId, now);
  const arrival = { session, connection, endpoint, allowance: new UnpackingAllowance() };
  const body = unpacked(envelope.body, arrival);
  if (isContainer(body)) takeContainer({ ...envelope, body }, arrival);
  else take({ ...envelope, body }, arrival);
}

/** Tells the client once that this session begins here: core.telegram.org/mtproto/service_messages#new-session-creation-notification */
function announce(session: Session, firstMessageId: bigint, now: number): void {
  if (session.announced) return;
  session.announced = true;
  const notice: Tl.new_session_created = {
    _: "new_session_created",
    first_msg_id: firstMessageId,
    unique_id: randomLong(),
    server_salt: session.key.salts.current(now),
  };
  session.notify(notice, { isAnswer: false, isContent: true });
}

function takeContainer(container: Incoming, arrival: Arrival): void {
  const { session } = arrival;
  if ((container.seqno & 1) === 1) {
    reject(session, container, BadMessage.evenExpected);
    return;
  }
  const messages = openContainer(container.body);
  if (messages.some(({ messageId }) => messageId >= container.messageId)) {
    reject(session, container, BadMessage.container);
    return;
  }
  if (session.received.admit(container.messageId) !== "new") {
    reject(session, container, BadMessage.idUsed);
    return;
  }
  for (const message of messages) takeInner(message, arrival);
}

function takeInner(message: Incoming, arrival: Arrival): void {
  const body = unpacked(message.body, arrival);
  if (isContainer(body)) reject(arrival.session, message, BadMessage.container);
  else if ((message.messageId & 3n) !== 0n) reject(arrival.session, message, BadMessage.idBits);
  else take({ ...message, body }, arrival);
}

/** Takes one message, once: a repeated one gets its earlier answer again. */
function take(message: Incoming, arrival: Arrival): void {
  const { session, connection, endpoint, allowance } = arrival;
  const novelty = session.received.admit(message.messageId);
  if (novelty === "forgotten") {
    reject(session, message, BadMessage.tooOldToVerify);
    return;
  }
  if (novelty === "repeated") {
    session.answerAgain(message.messageId);
    return;
  }
  const badNumber = session.sequence.take(message, !isServiceMessage(message.body));
  if (badNumber !== undefined) {
    session.received.expel(message.messageId);
    reject(session, message, badNumber);
    return;
  }
  if (!serve(message, session, connection, endpoint)) {
    endpoint.execute({ ...message, session, connection, allowance });
  }
}

const isContainer = (body: Buffer): boolean => body.length >= 4 && body.readUInt32LE() === CONTAINER_ID;
const unpacked = (body: Buffer, { allowance }: Arrival): Buffer => (isPacked(body) ? unpack(body, allowance) : body);

function reject(session: Session, message: Incoming, code: number): void {
  const notice: Tl.bad_msg_notification = {
    _: "bad_msg_notification",
    bad_msg_id: message.messageId,
    bad_msg_seqno: message.seqno,
    error_code: code,
  };
  session.notify(notice, { isAnswer: true, isContent: false });
}

/** Has the client send the message again with the salt that holds. @param now seconds of Unix time */
export function rejectSalt(session: Session, message: Pick<Incoming, "messageId" | "seqno">, now: number): void {
  const notice: Tl.bad_server_salt = {
    _: "bad_server_salt",
    bad_msg_id: message.messageId,
    bad_msg_seqno: message.seqno,
    error_code: BadMessage.salt,
    new_server_salt: session.key.salts.current(now),
  };
  session.notify(notice, { isAnswer: true, isContent: false });
}
