/** Red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

const BLOCK = 8;
/** Code lengths of the difference categories 0 to 11 (ITU-T T.81, table K.3). */
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** No detail inside a block: the only symbol is "end of block", one bit. */
const AC_COUNTS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

const segment = (marker: number, body: readonly number[]): number[] => {
  const length = body.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...body];
};

/** A baseline JPEG of 8 by 8 squares, each of one colour. Colours are asked for by place, 0 to 1 across and down. */
export function encodeMosaic(width: number, height: number, colourAt: (across: number, down: number) => Colour) {
  const bits = new BitWriter();
  const last = [0, 0, 0];
  for (let y = 0; y < height; y += BLOCK) {
    for (let x = 0; x < width; x += BLOCK) {
      toYcc(colourAt(x / width, y / height)).forEach((level, component) => {
        writeDifference(bits, level - (last[component] ?? 0));
        last[component] = level;
      });
    }
  }
  return Uint8Array.from([...header(width, height), ...bits.finish(), 0xff, 0xd9]);
}

function header(width: number, height: number): number[] {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return [
    0xff,
    0xd8,
    ...segment(0xdb, [0, ...Array<number>(64).fill(BLOCK)]),
    ...segment(0xc0, [8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    ...segment(0xc4, [0x00, ...DC_COUNTS, ...DC_SYMBOLS]),
    ...segment(0xc4, [0x10, ...AC_COUNTS, 0]),
    ...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ];
}

/** With every quantiser at 8 the coefficient of a flat block is its level itself, around 0. */
function toYcc([red, green, blue]: Colour): number[] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [luma - 128, (blue - luma) * 0.564, (red - luma) * 0.713].map((level) => Math.round(level));
}

function writeDifference(bits: BitWriter, difference: number): void {
  const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
  if (category === 0) bits.write(0b00, 2);
  else if (category <= 5) bits.write(0b001 + category, 3);
  else bits.write((1 << (category - 2)) - 2, category - 2);
  bits.write(difference > 0 ? difference : difference + (1 << category) - 1, category);
  bits.write(0, 1);
}

class BitWriter {
  readonly #bytes: number[] = [];
  #pending = 0;
  #count = 0;

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#pending = (this.#pending << 1) | ((value >> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
  }

  finish(): readonly number[] {
    while (this.#count > 0) this.write(1, 1);
    return this.#bytes;
  }

  #flush(): void {
    this.#bytes.push(this.#pending);
    if (this.#pending === 0xff) this.#bytes.push(0);
    this.#pending = 0;
    this.#count = 0;
  }
}
