import type { Photo } from "../media.js";
import { picture } from "../picture.js";
import type { World } from "../world.js";

/** So many different pictures there are: drawing one takes a while. */
const PICTURES = 16n;

export function photograph(world: World, date: number, id = world.files.nextId()): Photo {
  return world.files.add(picture(id, date, Number(id % PICTURES)));
}
