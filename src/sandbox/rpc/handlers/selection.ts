import type { History } from "../../world/history.js";
import type { Message } from "../../world/message.js";
import { StoredHistory } from "../../world/stored-history.js";

/** The last selection from each history, as a client follows one search or thread page by page. */
const last = new WeakMap<History, { readonly key: string; readonly found: StoredHistory }>();

/**
 * Those messages of a history that something is asked about, as a history of their own.
 *
 * @param sought tells this selection from others, and one state of the history from the next
 */
export function selected(
  history: History,
  sought: readonly unknown[],
  candidates: () => Iterable<Message>,
  wanted: (message: Message) => boolean,
): StoredHistory {
  const key = JSON.stringify(sought, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  const known = last.get(history);
  if (known?.key === key) return known.found;
  const found = new StoredHistory();
  for (const message of candidates()) if (wanted(message)) found.add(message);
  last.set(history, { key, found });
  return found;
}
