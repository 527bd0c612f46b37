import type * as Tl from "../../tl/types.js";
import type { Handlers } from "../handler.js";

const noPeople = { chats: [], users: [] };

const noStars: Tl.payments_starsStatus = {
  _: "payments.starsStatus",
  balance: { _: "starsAmount", amount: 0n, nanos: 0 },
  ...noPeople,
};

/** Nobody here owns or can buy anything. */
export const payments = {
  "payments.getStarsStatus": () => noStars,
  "payments.getStarsTransactions": () => noStars,
  "payments.getStarsSubscriptions": () => noStars,
  "payments.getStarsTopupOptions": () => [],
  "payments.getStarsGiftOptions": () => [],
  "payments.getSavedInfo": () => ({ _: "payments.savedInfo" }),
  "payments.getSavedStarGifts": () => ({ _: "payments.savedStarGifts", count: 0, gifts: [], ...noPeople }),
  "payments.getStarGifts": () => ({ _: "payments.starGifts", hash: 0, gifts: [] }),
  "payments.getPremiumGiftCodeOptions": () => [],
  "premium.getMyBoosts": () => ({ _: "premium.myBoosts", my_boosts: [], ...noPeople }),
} satisfies Handlers;
