import type { ChatKind } from "../models/ids.js";
import type { FormatName } from "./formats/choose.js";
import type { TakeoutNote } from "./with-takeout.js";

/** How far an export is. */
export interface ExportProgress {
  /** Records written so far, those of earlier runs included. */
  readonly done: number;
  /** How many there will be, as far as Telegram tells. */
  readonly total: number;
  /** Requests that are still to come at the least, where that can be told. */
  readonly requestsLeft?: number;
}

/** Something that an export could not have, and why. */
export interface Missing {
  /** What it is: `media of message 17`, `members`. */
  readonly what: string;
  /** How many. */
  readonly count: number;
  /** Why, for people. */
  readonly why: string;
  /** It was not asked for: the export is complete without it. */
  readonly byChoice?: boolean;
}

/** What came of a run. */
export interface ExportFigures {
  /** Everything that was asked for is in the file. */
  readonly complete: boolean;
  /** What is not, and why. */
  readonly missing: readonly Missing[];
  /** The file; `-` when it went to a stream. */
  readonly path: string;
  /** Records in the file. */
  readonly count: number;
  /** Of these, how many this run added. */
  readonly added: number;
  /** How many Telegram says there are. */
  readonly reported: number;
  /** Requests that the client sent meanwhile, over all runs that made the file. */
  readonly requests: number;
  /** What it waited, in milliseconds, over all of them. */
  readonly waitedMs: number;
}

/** What an export was asked for. */
export interface ExportAbout {
  readonly format: FormatName;
  /** The choice, as it was asked for. */
  readonly asked: object;
  /** What became of a takeout; absent when none was asked for. */
  readonly takeout?: TakeoutNote;
  /** Version of this package. */
  readonly version: string;
}

/** What came of an export. It stands beside the file, too, as `<file>.manifest.json`. */
export interface ExportReport extends ExportFigures, ExportAbout {}

/** What came of an export from one chat. */
export interface ChatExportReport extends ExportReport {
  readonly chat: ExportedChat;
}

/** The chat that was exported, as it was called then. */
export interface ExportedChat {
  readonly id: number;
  readonly title: string;
  readonly kind: ChatKind;
}
