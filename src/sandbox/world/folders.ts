import type { Peer } from "./peer.js";

/** A folder of an account's list of chats (core.telegram.org/api/folders): chats one by one, and whole kinds of them. */
export interface Folder {
  /** The lowest that is free where nothing is said. */
  readonly id?: number | undefined;
  readonly title: string;
  readonly include: readonly Peer[];
  readonly exclude: readonly Peer[];
  readonly kinds: readonly FolderKind[];
}

/** Which kinds of chats a folder takes in, by Telegram's names. */
export type FolderKind = "contacts" | "non_contacts" | "groups" | "broadcasts" | "bots";
