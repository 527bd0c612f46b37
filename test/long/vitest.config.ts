import shared from "../../vitest.config.js";

/**
 * What takes minutes: run by `npm run chaos`, and by CI. Each has a short form in the normal suite. One file after the
 * other, since they measure how well a budget is used.
 */
export default {
  ...shared,
  test: { ...shared.test, include: ["test/long/**/*.chaos.ts"], testTimeout: 900_000, fileParallelism: false },
};
