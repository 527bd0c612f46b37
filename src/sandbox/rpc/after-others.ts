import type { ApiRequest } from "../mtproto/endpoint.js";
import type { Timers } from "../timers.js";
import { RpcError } from "./handler.js";

/** How long a request waits for those before it. */
const MOST_MS = 5000;
/** What was sent longer ago than this, and never came, will not come any more. */
const LOST_SECONDS = 30;

/**
 * Goes on once all those requests are carried out: core.telegram.org/api/invoking#sequential-requests. Those that the
 * session knows nothing of, and that are not on their way, are no hindrance.
 *
 * @param goOn is given MSG_WAIT_FAILED when one of them failed, MSG_WAIT_TIMEOUT when one did not come
 */
export function afterOthers(
  request: Pick<ApiRequest, "session" | "messageId">,
  others: readonly bigint[],
  timers: Pick<Timers, "after">,
  goOn: (error?: RpcError) => void,
): void {
  const { session, messageId } = request;
  const { received, waiting } = session;
  const mayCome = (id: bigint): boolean => id < messageId && (messageId - id) >> 32n < LOST_SECONDS;
  if (others.some((id) => received.resultOf(id) === "failed")) {
    goOn(new RpcError(400, "MSG_WAIT_FAILED"));
    return;
  }
  const missing = others.find((id) => received.resultOf(id) === undefined && !received.isForgotten(id) && mayCome(id));
  if (missing === undefined) {
    goOn();
    return;
  }
  const stopWaiting = timers.after(MOST_MS, () => {
    const waits = waiting.get(missing)?.filter((wait) => wait !== proceed) ?? [];
    if (waits.length > 0) waiting.set(missing, waits);
    else waiting.delete(missing);
    goOn(new RpcError(500, "MSG_WAIT_TIMEOUT"));
  });
  const proceed = (): void => {
    stopWaiting();
    afterOthers(request, others, timers, goOn);
  };
  waiting.set(missing, [...(waiting.get(missing) ?? []), proceed]);
}
