import type * as Tl from "../tl/types.js";
import { randomLong } from "./auth-key.js";
import type { Connection } from "./connection.js";
import { CONTAINER_ID, openContainer, type Incoming } from "./container.js";
import type { Endpoint } from "./endpoint.js";
import { isPacked, unpack } from "./gzip.js";
import type { Envelope } from "./message-crypto.js";
import { BadMessage, checkClientId } from "./message-ids.js";
import { serve } from "./service.js";
import type { Session } from "./session.js";

/** Takes in what one packet carries, in order. */
export function receive(envelope: Envelope, session: Session, connection: Connection, endpoint: Endpoint): void {
  const badId = checkClientId(envelope.messageId, endpoint.clock.unixTime());
  if (badId !== undefined) {
    reject(session, envelope, badId);
    return;
  }
  if (envelope.salt !== session.key.salt) {
    rejectSalt(session, envelope);
    return;
  }
  announce(session, envelope.messageId);
  const body = isPacked(envelope.body) ? unpack(envelope.body) : envelope.body;
  if (!isContainer(body)) {
    take({ ...envelope, body }, session, connection, endpoint);
    return;
  }
  const messages = openContainer(body);
  if (messages.some(({ messageId }) => messageId >= envelope.messageId))
    reject(session, envelope, BadMessage.container);
  else for (const message of messages) takeInner(message, session, connection, endpoint);
}

/** Tells the client once that this session begins here: core.telegram.org/mtproto/service_messages#new-session-creation-notification */
function announce(session: Session, firstMessageId: bigint): void {
  if (session.announced) return;
  session.announced = true;
  const notice: Tl.new_session_created = {
    _: "new_session_created",
    first_msg_id: firstMessageId,
    unique_id: randomLong(),
    server_salt: session.key.salt,
  };
  session.notify(notice, { isAnswer: false, isContent: true });
}

function takeInner(message: Incoming, session: Session, connection: Connection, endpoint: Endpoint): void {
  const body = isPacked(message.body) ? unpack(message.body) : message.body;
  if (isContainer(body)) reject(session, message, BadMessage.container);
  else if ((message.messageId & 3n) !== 0n) reject(session, message, BadMessage.idBits);
  else take({ ...message, body }, session, connection, endpoint);
}

/** Takes one message, once: a repeated one gets its earlier answer again. */
function take(message: Incoming, session: Session, connection: Connection, endpoint: Endpoint): void {
  const novelty = session.received.admit(message.messageId);
  if (novelty === "forgotten") {
    reject(session, message, BadMessage.tooOldToVerify);
    return;
  }
  if (novelty === "repeated") {
    const answerId = session.received.answerTo(message.messageId);
    if (answerId !== undefined) session.resend(answerId);
    return;
  }
  if (!serve(message, session, connection, endpoint)) endpoint.execute({ ...message, session, connection });
}

const isContainer = (body: Buffer): boolean => body.length >= 4 && body.readUInt32LE() === CONTAINER_ID;

function reject(session: Session, message: Incoming, code: number): void {
  const notice: Tl.bad_msg_notification = {
    _: "bad_msg_notification",
    bad_msg_id: message.messageId,
    bad_msg_seqno: message.seqno,
    error_code: code,
  };
  session.notify(notice, { isAnswer: true, isContent: false });
}

/** Has the client send the message again with the salt that holds. */
export function rejectSalt(session: Session, message: Pick<Incoming, "messageId" | "seqno">): void {
  const notice: Tl.bad_server_salt = {
    _: "bad_server_salt",
    bad_msg_id: message.messageId,
    bad_msg_seqno: message.seqno,
    error_code: BadMessage.salt,
    new_server_salt: session.key.salt,
  };
  session.notify(notice, { isAnswer: true, isContent: false });
}
