import type { Telegram } from "../../telegram/telegram.js";

/** The same Telegram, asked behind all interactive calls and without a deadline: nobody waits for one item of a batch. */
export const inBulk = (telegram: Telegram): Telegram => ({
  api: telegram.api,
  peers: telegram.peers,
  updates: telegram.updates,
  get selfId() {
    return telegram.selfId;
  },
  long: (value) => telegram.long(value),
  invoke: (request, options) => telegram.invoke(request, { lane: "bulk", ...options }),
  me: (options) => telegram.me({ lane: "bulk", ...options }),
});
