import type { z } from "zod";
import type { World } from "../world.js";
import { describedBy, type WorldBuilder } from "./builder.js";
import { parsed } from "./parse.js";
import { populateFromPlan } from "./populate.js";
import { worldPlan } from "./schema.js";

/** A description of a world, as a world file holds it. */
export type WorldDescription = z.input<typeof worldPlan>;

/** Whether a file's content is a description of ours, and not an export. */
export const isDescription = (content: unknown): boolean =>
  typeof content === "object" && content !== null && "tgGuardedWorld" in content;

/**
 * Makes a world of a description, or of a function that gives one step by step.
 *
 * @throws SandboxError `world_invalid`, which names the place
 */
export function populateFromDescription(world: World, source: unknown): void {
  populateFromPlan(world, parsed(worldPlan, source));
}

/** @throws SandboxError `world_invalid` */
export function populateByBuilder(world: World, describe: (world: WorldBuilder) => void): void {
  populateFromDescription(world, describedBy(describe));
}
