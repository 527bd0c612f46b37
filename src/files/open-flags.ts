import { constants } from "node:fs";

/**
 * For reading a file that must be what its name says. Windows has neither flag. Without O_NONBLOCK a fifo that took the
 * file's place would keep the program waiting.
 */
export const READ_PLAIN =
  constants.O_RDONLY |
  ("O_NOFOLLOW" in constants ? constants.O_NOFOLLOW : 0) |
  ("O_NONBLOCK" in constants ? constants.O_NONBLOCK : 0);
