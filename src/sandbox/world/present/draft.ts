import type * as Tl from "../../tl/types.js";
import type { SavedDraft } from "../drafts.js";
import { tlPeer, type Peer } from "../peer.js";

/** @param emptied when it was emptied, in seconds of Unix time */
export function presentDraft(draft: SavedDraft | undefined, emptied?: number): Tl.TypeDraftMessage {
  if (!draft) return { _: "draftMessageEmpty", date: emptied };
  const { text, entities, replyTo, topic, noWebpage, date } = draft;
  return {
    _: "draftMessage",
    no_webpage: noWebpage,
    reply_to:
      replyTo === undefined ? undefined : { _: "inputReplyToMessage", reply_to_msg_id: replyTo, top_msg_id: topic },
    message: text,
    entities: entities?.length ? entities : undefined,
    date,
  };
}

export const draftUpdate = (
  peer: Peer,
  topic: number | undefined,
  draft: Tl.TypeDraftMessage,
): Tl.updateDraftMessage => ({ _: "updateDraftMessage", peer: tlPeer(peer), top_msg_id: topic, draft });
