import type { Clock } from "../../clock.js";
import type { Telegram } from "../../telegram/telegram.js";

/** A longer wait is not sat out: the run ends, and the batch goes on later. As long as the longest that opens no circuit. */
const PATIENCE_MS = 300_000;

/** The same Telegram, asked behind all interactive calls and with more patience: nobody waits for one item of a batch. */
export const inBulk = (telegram: Telegram, clock: Clock): Telegram => {
  const patiently = () => ({ lane: "bulk", deadline: clock.now() + PATIENCE_MS }) as const;
  return {
    api: telegram.api,
    peers: telegram.peers,
    updates: telegram.updates,
    scope: telegram.scope,
    get selfId() {
      return telegram.selfId;
    },
    long: (value) => telegram.long(value),
    invoke: (request, options) => telegram.invoke(request, { ...patiently(), ...options }),
    me: (options) => telegram.me({ ...patiently(), ...options }),
  };
};
