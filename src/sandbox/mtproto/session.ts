import { encode, type TlObject } from "../tl/codec.js";
import type * as Tl from "../tl/types.js";
import type { Timers } from "../timers.js";
import type { AuthKey } from "./auth-key.js";
import type { Connection } from "./connection.js";
import { packContainer } from "./container.js";
import type { MessageIds } from "./message-ids.js";
import { Outbox, type Outgoing } from "./outbox.js";
import { Received } from "./received.js";
import { Sequence } from "./sequence.js";

const RPC_RESULT_ID = 0xf35c6d01;

/** A longer answer is not sent again unasked, but described. */
const LONG_ANSWER_BYTES = 64 * 1024;

/** An answer held back for a container waits this long for another message to go with it. */
const HOLD_MS = 50;

/** One session of a client: core.telegram.org/mtproto/description#session */
export class Session {
  readonly received = new Received();
  readonly outbox = new Outbox();
  readonly sequence = new Sequence();
  /** Requests that wait until another one is carried out. */
  readonly waiting = new Map<bigint, (() => void)[]>();
  private heardFrom: Connection | undefined;
  /** Answers that were made while there was no connection. */
  private undelivered: bigint[] = [];
  /** Whether the client knows that the server has this session. */
  announced = false;
  /** Whether updates go there: to sessions that call methods, unless they ask to be left alone. */
  updates: "unasked" | "wanted" | "unwanted" = "unasked";
  private contentMessages = 0;
  private held: Outgoing[] = [];
  private stopHolding: (() => void) | undefined;

  constructor(
    readonly id: bigint,
    readonly key: AuthKey,
    private readonly ids: MessageIds,
    private readonly timers: Timers,
  ) {}

  /** Where it was heard last. */
  get connection(): Connection | undefined {
    return this.heardFrom;
  }

  /** The client speaks from there now; what it could not be told before follows. */
  attach(connection: Connection): void {
    const isBack = this.heardFrom === undefined;
    this.heardFrom = connection;
    for (const id of this.undelivered.splice(0)) this.resend(id);
    if (isBack) this.describeNotices();
  }

  detach(): void {
    this.heardFrom = undefined;
  }

  get name(): string {
    return BigInt.asUintN(64, this.id).toString(16).padStart(16, "0");
  }

  /** Sends a service message. Those that need no acknowledgement are forgotten at once. */
  notify(object: TlObject, options: { isAnswer: boolean; isContent: boolean }): void {
    const message = this.compose(encode(object), options.isAnswer, options.isContent);
    if (options.isContent) this.outbox.keep(message);
    this.transmit([message]);
  }

  /** Sends the result of a request; `held` puts it into a container with whatever is sent next. */
  answer(requestId: bigint, result: Buffer, held = false): void {
    if (this.received.isAbandoned(requestId)) return;
    const head = Buffer.allocUnsafe(12);
    head.writeUInt32LE(RPC_RESULT_ID, 0);
    head.writeBigInt64LE(requestId, 4);
    const message = this.compose(Buffer.concat([head, result]), true, true);
    this.outbox.keep(message);
    this.received.answered(requestId, message.messageId);
    if (!this.connection) this.undelivered.push(message.messageId);
    if (held) this.hold(message, requestId);
    else this.transmit([message]);
  }

  /** A request came a second time: its answer does, too, or word of it (msg_detailed_info). */
  answerAgain(requestId: bigint): void {
    const answerId = this.received.answerTo(requestId);
    const answer = answerId === undefined ? undefined : this.outbox.find(answerId);
    if (!answer) return;
    if (answer.body.length <= LONG_ANSWER_BYTES) {
      this.transmit([answer]);
      return;
    }
    const { messageId, body } = answer;
    const told = { msg_id: requestId, answer_msg_id: messageId, bytes: body.length, status: 0 };
    const detailed: Tl.msg_detailed_info = { _: "msg_detailed_info", ...told };
    this.notify(detailed, { isAnswer: true, isContent: false });
  }

  /** A request was carried out: those that waited for it go on. */
  settle(requestId: bigint, result: "done" | "failed"): void {
    this.received.settled(requestId, result);
    const waiting = this.waiting.get(requestId) ?? [];
    this.waiting.delete(requestId);
    for (const goOn of waiting) goOn();
  }

  /** Sends a kept message again, unchanged. */
  resend(messageId: bigint): boolean {
    const message = this.outbox.find(messageId);
    if (message !== undefined) this.transmit([message]);
    return message !== undefined;
  }

  /**
   * What the server sent of its own accord, and nobody acknowledged before the connection broke:
   * core.telegram.org/mtproto/service_messages_about_messages#extended-voluntary-communication-of-status-of-one-message
   */
  private describeNotices(): void {
    for (const { messageId, body } of this.outbox.notices()) {
      const told = { answer_msg_id: messageId, bytes: body.length, status: 0 };
      const detailed: Tl.msg_new_detailed_info = { _: "msg_new_detailed_info", ...told };
      this.notify(detailed, { isAnswer: false, isContent: false });
    }
  }

  private hold(message: Outgoing, requestId: bigint): void {
    this.held.push(message);
    this.stopHolding ??= this.timers.after(HOLD_MS, () => {
      const acknowledgement: Tl.msgs_ack = { _: "msgs_ack", msg_ids: [requestId] };
      this.notify(acknowledgement, { isAnswer: false, isContent: false });
    });
  }

  private transmit(messages: readonly Outgoing[]): void {
    const together = [...this.held, ...messages];
    this.held = [];
    this.stopHolding?.();
    this.stopHolding = undefined;
    const [only] = together;
    if (only === undefined) return;
    this.connection?.send(this, together.length === 1 ? only : this.compose(packContainer(together), false, false));
  }

  private compose(body: Buffer, isAnswer: boolean, isContent: boolean): Outgoing {
    // core.telegram.org/mtproto/description#message-sequence-number-msg-seqno
    const seqno = this.contentMessages * 2 + (isContent ? 1 : 0);
    if (isContent) this.contentMessages++;
    return { messageId: this.ids.next(isAnswer), seqno, body };
  }
}
