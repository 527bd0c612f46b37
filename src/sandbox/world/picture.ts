import { roll } from "./dice.js";
import type { Bytes, Photo, PhotoSize } from "./media.js";
import { encodeMosaic, type Colour } from "./mosaic-jpeg.js";

const SIZES = [
  { type: "s", width: 96, height: 72 },
  { type: "m", width: 320, height: 240 },
  { type: "x", width: 800, height: 600 },
  { type: "y", width: 1280, height: 960, progressive: true },
] as const;

const mixed = (from: Colour, to: Colour, part: number): Colour => [
  from[0] + (to[0] - from[0]) * part,
  from[1] + (to[1] - from[1]) * part,
  from[2] + (to[2] - from[2]) * part,
];

/** A landscape in squares: sky, sun, two ridges of hills. */
function landscape(seed: number): (across: number, down: number) => Colour {
  const sky: Colour = [120 + (roll(seed, 1) % 100), 160 + (roll(seed, 2) % 60), 235];
  const dusk: Colour = [255, 190 + (roll(seed, 3) % 50), 150];
  const near: Colour = [30 + (roll(seed, 4) % 60), 90 + (roll(seed, 5) % 70), 60];
  const far = mixed(near, dusk, 0.5);
  const sun = { across: 0.2 + (roll(seed, 6) % 60) / 100, down: 0.2 + (roll(seed, 7) % 20) / 100 };
  const phase = roll(seed, 8) % 100;
  return (across, down) => {
    if (down > 0.72 + 0.08 * Math.sin(across * 7 + phase)) return near;
    if (down > 0.55 + 0.1 * Math.sin(across * 5 + phase * 2)) return far;
    const fromSun = Math.hypot(across - sun.across, (down - sun.down) * 0.75);
    return fromSun < 0.08 ? [255, 240, 200] : mixed(sky, dusk, down);
  };
}

/** Pictures kept once they are drawn: the same seed always gives the same one. */
const KEPT = 64;
const kept = new Map<string, Uint8Array>();

function draw(seed: number, width: number, height: number): Uint8Array {
  const key = `${seed}:${width}`;
  const known = kept.get(key);
  if (known) return known;
  const jpeg = encodeMosaic(width, height, landscape(seed));
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, jpeg);
  return jpeg;
}

/** Drawn when first looked at. */
function drawn(seed: number, width: number, height: number): Bytes {
  let jpeg: Uint8Array | undefined;
  const data = () => (jpeg ??= draw(seed, width, height));
  return {
    get size() {
      return data().length;
    },
    read: (offset, limit) => data().subarray(offset, offset + limit),
  };
}

export function pictureSizes(seed: number): readonly PhotoSize[] {
  return SIZES.map((size) => ({ ...size, bytes: drawn(seed, size.width, size.height) }));
}

/** A photograph that stands for any other. */
export const picture = (id: bigint, date: number, seed: number): Photo => ({
  kind: "photo",
  id,
  date,
  sizes: pictureSizes(seed),
});
