import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { TlWriter } from "../tl/writer.js";
import type { Outgoing } from "./outbox.js";

/** core.telegram.org/mtproto/service_messages#containers */
export const CONTAINER_ID = 0x73f1f8dc;

/** Real servers refuse more. */
const MAX_MESSAGES = 1020;

export interface Incoming {
  readonly messageId: bigint;
  readonly seqno: number;
  readonly body: Buffer;
}

/** The messages of a container, without looking into them. */
export function openContainer(body: Buffer): Incoming[] {
  const reader = new TlReader(body);
  reader.uint32();
  const messages: Incoming[] = [];
  const count = reader.count(16);
  if (count > MAX_MESSAGES) throw new TlError(`a container of ${count} messages`);
  for (let i = 0; i < count; i++) {
    const messageId = reader.long();
    const seqno = reader.int();
    messages.push({ messageId, seqno, body: reader.raw(reader.uint32()) });
  }
  return messages;
}

export function packContainer(messages: readonly Outgoing[]): Buffer {
  const writer = new TlWriter();
  writer.uint32(CONTAINER_ID);
  writer.uint32(messages.length);
  for (const { messageId, seqno, body } of messages) {
    writer.long(messageId);
    writer.int(seqno);
    writer.uint32(body.length);
    writer.raw(body);
  }
  return writer.finish();
}
