import { note, ok, warning, type Finding } from "./finding.js";

/** Telegram tells whole seconds, so that less than this cannot be told from none. */
const NOTICED_MS = 2000;
/** MTProto refuses messages from further in the future (core.telegram.org/mtproto/description, msg_id). */
const REFUSED_MS = 30_000;

/**
 * How far this machine's clock is off.
 *
 * @param seconds Telegram's time, as an answer told it
 * @param sentAt in milliseconds of Unix time by this clock, as is `gotAt`
 */
export function examineClock(seconds: number, sentAt: number, gotAt: number): Finding {
  const offsetMs = (sentAt + gotAt) / 2 - (seconds * 1000 + 500);
  const [size, side] = [Math.round(Math.abs(offsetMs) / 1000), offsetMs > 0 ? "ahead of" : "behind"];
  if (Math.abs(offsetMs) < NOTICED_MS) return ok("clock", "This clock and Telegram's agree within two seconds.");
  const text = `This clock is ${size} s ${side} Telegram's.`;
  const mend = "Let the system set its clock: timedatectl set-ntp true";
  return Math.abs(offsetMs) < REFUSED_MS ? note("clock", text, mend) : warning("clock", text, mend);
}
