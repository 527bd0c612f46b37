import type * as Tl from "../tl/types.js";
import { peerKey, type Peer } from "./peer.js";

/** A text left in a chat's input field (core.telegram.org/api/drafts). */
export interface SavedDraft {
  readonly peer: Peer;
  /** The topic of a forum in which it lies. */
  readonly topic?: number | undefined;
  readonly text: string;
  readonly entities?: readonly Tl.TypeMessageEntity[] | undefined;
  /** The id of the message that it answers. */
  readonly replyTo?: number | undefined;
  readonly noWebpage?: boolean | undefined;
  /** Seconds of Unix time. */
  readonly date: number;
}

/** One account's drafts, at most one for each chat and topic. */
export class SavedDrafts {
  readonly #drafts = new Map<string, SavedDraft>();

  get(peer: Peer, topic?: number): SavedDraft | undefined {
    return this.#drafts.get(key(peer, topic));
  }

  set(draft: SavedDraft): void {
    this.#drafts.set(key(draft.peer, draft.topic), draft);
  }

  /** Whether there was one. */
  clear(peer: Peer, topic?: number): boolean {
    return this.#drafts.delete(key(peer, topic));
  }

  all(): readonly SavedDraft[] {
    return [...this.#drafts.values()];
  }
}

const key = (peer: Peer, topic = 0): string => `${peerKey(peer)}:${topic}`;
