import { InvalidArgumentError } from "commander";

/** Reads a whole number of at least so much. */
export const number =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
  };
