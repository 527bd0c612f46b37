import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join, resolve, win32 } from "node:path";
import { checkSessions, openSessions } from "tg-guarded";
import { plainText } from "../plain-text.js";

/** A session by its name in the sessions folder, or by its whole path. */
export interface ChosenSession {
  readonly isPath: boolean;
  readonly value: string;
}

const NAME = /^(?![.-])[A-Za-z0-9._-]{1,64}(?<!\.)$/;
/** As long as a good part of a session string, which would stand in the host's file for all to read. */
const LIKE_A_STRING = /^1[A-Za-z0-9+/_=-]{99,}$/;

/** @throws Error for a text that is neither a name nor a path */
export function chosenSession(text: string, windows: boolean): ChosenSession {
  if (LIKE_A_STRING.test(text)) {
    throw new Error("That is a session string, which belongs into no configuration: tg-guarded sessions import NAME");
  }
  if (/[\\/]/.test(text) || /\.session$/i.test(text)) return { isPath: true, value: wholePath(text, windows) };
  if (NAME.test(text)) return { isPath: false, value: text };
  throw new Error(`"${plainText(text)}" is no name of a session; tg-guarded sessions list shows those there are.`);
}

/**
 * The path as a host is told it, which starts its servers in any folder.
 *
 * @throws Error for one that a host would change
 */
export function wholePath(path: string, windows: boolean): string {
  if (/\p{Cc}/u.test(path)) throw new Error("A path with control characters cannot stand in a configuration.");
  if (path.includes("${")) throw new Error(`Hosts put a variable in the place of "\${" in ${path}: rename it.`);
  if (!windows) return resolve(path);
  if (win32.isAbsolute(path)) return path;
  if (process.platform === "win32") return win32.resolve(path);
  throw new Error(`Give the whole path that ${path} has on Windows.`);
}

/**
 * Telegram, and what counts the writes, would take two programs with one session for one.
 *
 * @throws Error where both sides have the same session, by its name, its path or what it holds
 */
export async function assertApart(read: ChosenSession, actions: ChosenSession): Promise<void> {
  const [one, other] = [fileOf(read), fileOf(actions)];
  const isSame = realPath(one) === realPath(other);
  if (isSame || (await holdSameLogin(one, other))) {
    throw new Error(
      "Reading and actions must have a session each. Log in once more for one of them: tg-guarded login --name NAME",
    );
  }
}

const fileOf = ({ isPath, value }: ChosenSession): string =>
  isPath ? value : join(openSessions().folder, `${value}.session`);

const realPath = (path: string): string => (isAbsolute(path) && existsSync(path) ? realpathSync(path) : path);

async function holdSameLogin(one: string, other: string): Promise<boolean> {
  if (!existsSync(one) || !existsSync(other)) return false;
  return (await checkSessions({ paths: [one, other] })).verdict === "shared";
}
