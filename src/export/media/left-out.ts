import { isGuardError } from "../../errors.js";

/** Why a file is not there, for people. */
export const WHY = {
  type: "media of this type was not asked for",
  size: "the file is larger than was asked for",
  gone: "Telegram has the file no more",
  taken: "another file stands where it belongs",
} as const;

/** Why a file cannot be had; `undefined` for errors that concern more than this one file. */
export function whyNot(error: unknown): string | undefined {
  if (isGuardError(error, "telegram_error")) {
    return error.details.passing ? undefined : `Telegram refused it: ${error.details.name}`;
  }
  if (isGuardError(error, "media_unavailable") || isGuardError(error, "message_not_found")) return WHY.gone;
  if (isGuardError(error, "file_exists") || isGuardError(error, "path_not_allowed")) return WHY.taken;
  return undefined;
}
