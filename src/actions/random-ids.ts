import { newRandomId } from "./digest.js";

/** One for each message that an action sends. */
export const newRandomIds = (count: number): string[] => Array.from({ length: count }, newRandomId);
