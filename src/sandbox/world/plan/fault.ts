import { SandboxError } from "../../error.js";

/** What is wrong with a description, before it is known where. */
class Fault extends Error {}

export const wrong = (fault: string): Error => new Fault(fault);

/** What is wrong, and where: `supergroups[0].messages[3]`. */
export function misdescribed(place: string, fault: string): SandboxError {
  const where = place === "" ? "" : `at ${place}: `;
  return new SandboxError(
    "world_invalid",
    `The world cannot be made: ${where}${fault}.`,
    "Correct the description of the world; docs/sandbox-worlds.md lists what it may hold.",
  );
}

/** What is found wrong inside is told with this place. @throws SandboxError `world_invalid` */
export function within<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Fault ? misdescribed(place, error.message) : error;
  }
}
