import type { Definition } from "../../src/sandbox/tl/definitions.js";

type Value = unknown;

/** Makes valid TL objects of any definition, the same ones for the same seed. */
export class ObjectMaker {
  private readonly byResult = new Map<string, Definition[]>();
  private readonly byName = new Map<string, Definition>();
  private state: number;

  constructor(definitions: readonly Definition[], seed: number) {
    this.state = seed;
    for (const definition of definitions) {
      this.byName.set(definition.name, definition);
      if (definition.isMethod) continue;
      this.byResult.set(definition.result, [...(this.byResult.get(definition.result) ?? []), definition]);
    }
  }

  /** A number from 0 to below the bound (mulberry32). */
  random(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  }

  object(definition: Definition, depth = 0): { readonly _: string } {
    const made: { _: string; [field: string]: Value } = { _: definition.name };
    const bits = new Map<string, boolean>();
    for (const { name, type } of definition.params) {
      if (type === "#") continue;
      const [, bit, inner] = /^(flags\d?\.\d+)\?(.+)$/.exec(type) ?? [];
      if (bit === undefined || inner === undefined) {
        made[name] = this.field(name, type, depth);
        continue;
      }
      const present = bits.get(bit) ?? (depth < 4 && this.random(2) === 1);
      bits.set(bit, present);
      if (present) made[name] = inner === "true" ? true : this.field(name, inner, depth);
    }
    return made;
  }

  /** Ids are positive: GramJS's message class makes them so. */
  protected field(name: string, type: string, depth: number): Value {
    const value = this.value(type, depth);
    return type === "long" && name.endsWith("_id") && typeof value === "bigint" ? BigInt.asUintN(62, value) : value;
  }

  value(type: string, depth: number): Value {
    const [, item] = /^[Vv]ector<(.+)>$/.exec(type) ?? [];
    if (item !== undefined) {
      return Array.from({ length: depth > 4 ? 0 : this.random(3) }, () => this.value(item, depth + 1));
    }
    switch (type) {
      case "int":
        return this.random(0xffffffff) | 0;
      case "long":
        return BigInt.asIntN(64, (BigInt(this.random(0xffffffff)) << 32n) | BigInt(this.random(0xffffffff)));
      case "double":
        return this.random(1_000_000) / 64;
      case "string":
        return ["", "a", "hello", "Grüße", "日本語 🎉", "x".repeat(253), "y".repeat(254), "z".repeat(300)][
          this.random(8)
        ];
      case "bytes":
        return this.bytes([0, 1, 2, 3, 253, 254, 255, 700][this.random(8)] ?? 0);
      case "int128":
        return this.bytes(16);
      case "int256":
        return this.bytes(32);
      case "Bool":
        return this.random(2) === 1;
      case "!X":
        return { _: "help.getConfig" };
      default:
        return this.object(this.pick(type, depth), depth + 1);
    }
  }

  private bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let i = 0; i < length; i++) bytes[i] = this.random(256);
    return bytes;
  }

  /** Deep down, the constructor with the fewest fields, so that circular types come to an end. */
  private pick(type: string, depth: number): Definition {
    const bare = this.byName.get(type);
    const candidates = this.byResult.get(type) ?? (bare === undefined ? [] : [bare]);
    const sorted = candidates.toSorted((a, b) => a.params.length - b.params.length);
    const chosen = sorted[depth > 3 ? 0 : this.random(sorted.length)];
    if (chosen === undefined) throw new Error(`no constructor of ${type}`);
    return chosen;
  }
}
