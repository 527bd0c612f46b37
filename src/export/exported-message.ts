import type { Message } from "../models/message.js";

/** A message as an export writes it. */
export interface ExportedMessage extends Message {
  /** Where its media was saved: a path relative to the export, with `/`. */
  readonly file?: string;
}
