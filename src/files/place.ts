import { constants, type BigIntStats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { fileExists, notAllowed, onFile } from "./file-errors.js";
import { systemCode } from "../system-error.js";
import { isSame, lstatOf, makeFolder, pathOf } from "./look.js";

const OWNER_ONLY = 0o600;
/** Windows has no such flag; there the look at what was opened alone tells a link from a file. */
const NO_FOLLOW = "O_NOFOLLOW" in constants ? constants.O_NOFOLLOW : 0;
const EXISTING = constants.O_RDWR | NO_FOLLOW;
const NEW = EXISTING | constants.O_CREAT | constants.O_EXCL;

/** Where one file may be written: a name in a folder that was looked at level by level. */
export class Place {
  readonly #root: string;
  readonly #folders: readonly string[];
  readonly #roots: readonly string[];
  readonly name: string;

  constructor(root: string, folders: readonly string[], name: string, roots: readonly string[]) {
    this.#root = root;
    this.#folders = folders;
    this.#roots = roots;
    this.name = name;
  }

  get path(): string {
    return join(this.#root, ...this.#folders, this.name);
  }

  /** A file beside it. */
  beside(ending: string): Place {
    return new Place(this.#root, this.#folders, `${this.name}${ending}`, this.#roots);
  }

  /** `undefined` when nothing is there. A link is told as itself, not as what it leads to. */
  async find(): Promise<BigIntStats | undefined> {
    return lstatOf(this.path);
  }

  /**
   * Makes an empty file.
   *
   * @throws {@link GuardError} `file_exists`, `path_not_allowed`, `file_error`
   */
  create(): Promise<FileHandle> {
    return this.#open(NEW);
  }

  /**
   * Opens a file that is there already.
   *
   * @throws {@link GuardError} `path_not_allowed`, `file_error`
   */
  reopen(): Promise<FileHandle> {
    return this.#open(EXISTING);
  }

  /** Makes the folders on the way, for the owner alone. */
  async makeFolders(): Promise<void> {
    await onFile(this.path, async () => {
      for (const folder of this.#levels()) {
        const found = await lstatOf(folder);
        if (found === undefined) await makeFolder(folder);
        else if (!found.isDirectory()) throw this.refused(`${folder} is no folder`);
      }
    });
  }

  /** @throws {@link GuardError} `file_exists`; `path_not_allowed` when it is anything but a file */
  async assertFree(): Promise<void> {
    const found = await this.find();
    if (found?.isSymbolicLink() === true) throw this.refused("a symbolic link has that name");
    if (found !== undefined) throw fileExists(this.path);
  }

  refused(why: string): Error {
    return notAllowed(this.path, why, this.#roots);
  }

  /**
   * Names can be exchanged for links at any moment, so it is what was opened that is looked at, before a byte is written:
   * it must be the very file that stands under the path, reached through folders alone.
   */
  #open(flags: number): Promise<FileHandle> {
    return onFile(this.path, async () => {
      const handle = await this.#openOrRefuse(flags);
      try {
        await this.#assertHere(handle);
      } catch (error) {
        await handle.close();
        throw error;
      }
      return handle;
    });
  }

  async #openOrRefuse(flags: number): Promise<FileHandle> {
    try {
      return await open(this.path, flags, OWNER_ONLY);
    } catch (error) {
      const code = systemCode(error);
      if (code === "EEXIST") await this.assertFree();
      if (code === "ELOOP" || code === "EMLINK") throw this.refused("a symbolic link has that name");
      throw error;
    }
  }

  async #assertHere(handle: FileHandle): Promise<void> {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile()) throw this.refused("it is no file");
    if (opened.nlink > 1n) throw this.refused("the file has a second name elsewhere");
    for (const folder of this.#levels()) {
      if ((await lstatOf(folder))?.isDirectory() !== true) throw this.refused(`${folder} is no folder`);
    }
    const real = await pathOf(handle);
    if (!isSame(await this.find(), opened) || (real !== undefined && real !== this.path)) {
      throw this.refused("the path leads elsewhere");
    }
  }

  /** From the root down. */
  #levels(): string[] {
    return this.#folders.map((_, depth) => join(this.#root, ...this.#folders.slice(0, depth + 1)));
  }
}
