import type { History } from "../../world/history.js";
import type { Message } from "../../world/message.js";
import { StoredHistory } from "../../world/stored-history.js";
import { inWords } from "./in-words.js";

/** Messages of another history, each as it stands there by now. */
class Found extends StoredHistory {
  constructor(readonly whole: History) {
    super();
  }

  override byId(id: number): Message | undefined {
    return this.#asOfNow(super.byId(id));
  }

  override at(place: number): Message | undefined {
    return this.#asOfNow(super.at(place));
  }

  #asOfNow(message: Message | undefined): Message | undefined {
    return message && (this.whole.byId(message.id) ?? message);
  }
}

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
  const key = inWords(sought);
  const known = last.get(history);
  if (known?.key === key) return known.found;
  const found = new Found(history);
  for (const message of candidates()) if (wanted(message)) found.add(message);
  last.set(history, { key, found });
  return found;
}
