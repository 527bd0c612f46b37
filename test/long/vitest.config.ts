import shared from "../../vitest.config.js";

/** What takes minutes: run by `npm run chaos`, and by CI. Each has a short form in the normal suite. */
export default { ...shared, test: { ...shared.test, include: ["test/long/**/*.chaos.ts"], testTimeout: 900_000 } };
