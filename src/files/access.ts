/** Which files may be read to be sent. */
export interface FileAccess {
  /** Folders inside of which files may be taken. */
  readonly roots: readonly string[];
  /** Files and folders that stay private although a root holds them: state, sessions. The closest folder decides. */
  readonly hidden: readonly string[];
}
