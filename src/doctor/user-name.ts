import { userInfo } from "node:os";

/** Who this runs as; the number alone where the system's list of users has no entry, as in many containers. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.());
  }
}
