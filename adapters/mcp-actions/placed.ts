import { defined } from "../mcp/defined.js";

interface Placed {
  readonly reply_to?: number | undefined;
  readonly topic?: number | undefined;
  readonly silent: boolean;
  readonly schedule?: string | undefined;
  readonly parse_mode?: "markdown" | "html" | undefined;
  readonly idempotency_key?: string | undefined;
}

/** How a message is sent, in the words of the package. */
export const placed = ({ reply_to, topic, silent, schedule, parse_mode, idempotency_key }: Placed) =>
  defined({ replyTo: reply_to, topic, silent, schedule, formatting: parse_mode, idempotencyKey: idempotency_key });

/** Of writes that can be meant twice. */
export const keyed = ({ idempotency_key }: { readonly idempotency_key?: string | undefined }) =>
  defined({ idempotencyKey: idempotency_key });
