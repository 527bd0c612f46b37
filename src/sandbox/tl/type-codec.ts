import { TlError } from "./error.js";
import type { Plan } from "./plan.js";
import { RecentBytes, type Numbered } from "./recent-bytes.js";
import type { TlReader } from "./reader.js";
import type { Registry } from "./registry.js";
import type { TlWriter } from "./writer.js";

/** How a field's type is written and read. */
export interface TypeCodec {
  readonly read: (reader: TlReader) => unknown;
  readonly write: (writer: TlWriter, value: unknown) => void;
  /** The least that one value takes on the wire. It bounds what a vector's count may claim. */
  readonly minBytes: number;
}

const BOOL_TRUE = 0x997275b5;
const BOOL_FALSE = 0xbc799737;
const VECTOR = 0x1cb5c415;

const describe = (value: unknown): string => {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value !== "object") return `a ${typeof value}`;
  return "_" in value && typeof value._ === "string" ? value._ : "an object";
};

const wrong = (expected: string, value: unknown): TlError =>
  new TlError(`${expected} expected, found ${describe(value)}`);

const fixedBytes = (type: string, length: number): TypeCodec => ({
  minBytes: length,
  read: (reader) => reader.raw(length),
  write: (writer, value) => {
    if (!(value instanceof Uint8Array) || value.length !== length) throw wrong(type, value);
    writer.raw(value);
  },
});

const BASIC: Readonly<Record<string, TypeCodec>> = {
  int: {
    minBytes: 4,
    read: (reader) => reader.int(),
    write: (writer, value) => {
      if (typeof value !== "number") throw wrong("int", value);
      writer.int(value);
    },
  },
  long: {
    minBytes: 8,
    read: (reader) => reader.long(),
    write: (writer, value) => {
      if (typeof value !== "bigint") throw wrong("long", value);
      writer.long(value);
    },
  },
  double: {
    minBytes: 8,
    read: (reader) => reader.double(),
    write: (writer, value) => {
      if (typeof value !== "number") throw wrong("double", value);
      writer.double(value);
    },
  },
  string: {
    minBytes: 4,
    read: (reader) => reader.string(),
    write: (writer, value) => {
      if (typeof value !== "string") throw wrong("string", value);
      writer.string(value);
    },
  },
  bytes: {
    minBytes: 4,
    read: (reader) => reader.bytes(),
    write: (writer, value) => {
      if (!(value instanceof Uint8Array)) throw wrong("bytes", value);
      writer.bytes(value);
    },
  },
  int128: fixedBytes("int128", 16),
  int256: fixedBytes("int256", 32),
  Bool: {
    minBytes: 4,
    read: (reader) => {
      const id = reader.uint32();
      if (id !== BOOL_TRUE && id !== BOOL_FALSE) throw new TlError("Bool expected");
      return id === BOOL_TRUE;
    },
    write: (writer, value) => {
      if (typeof value !== "boolean") throw wrong("Bool", value);
      writer.uint32(value ? BOOL_TRUE : BOOL_FALSE);
    },
  },
};

function vector(item: TypeCodec, boxed: boolean): TypeCodec {
  return {
    minBytes: boxed ? 8 : 4,
    read: (reader) => {
      if (boxed && reader.uint32() !== VECTOR) throw new TlError("Vector expected");
      const items: unknown[] = [];
      for (let left = reader.count(item.minBytes); left > 0; left--) items.push(item.read(reader));
      return items;
    },
    write: (writer, value) => {
      if (!Array.isArray(value)) throw wrong("Vector", value);
      if (boxed) writer.uint32(VECTOR);
      writer.uint32(value.length);
      for (const element of value) item.write(writer, element);
    },
  };
}

/** A constructor of a type, led by its number. `!X` takes any method. */
function boxed(type: string, registry: Registry): TypeCodec {
  const fits = (plan: Plan): boolean => (type === "!X" ? plan.isMethod : !plan.isMethod && plan.result === type);
  return {
    minBytes: 4,
    read: (reader) => {
      const id = reader.uint32();
      const plan = registry.numbered(id);
      if (plan === undefined) throw new TlError(`unknown constructor ${id.toString(16).padStart(8, "0")}`, id);
      if (!fits(plan)) throw new TlError(`${type} expected, found ${plan.name}`);
      return plan.read(reader);
    },
    write: (writer, value) => {
      const plan = planOf(value, registry);
      if (plan === undefined || !fits(plan)) throw wrong(type, value);
      if (OFTEN.has(plan.name)) writeOften(writer, plan, value as object);
      else writePlainly(writer, plan, value as object);
    },
  };
}

function writePlainly(writer: TlWriter, plan: Plan, value: object): void {
  writer.uint32(plan.id);
  plan.write(writer, value);
}

/** What the world builds once and sends again and again. */
const OFTEN: ReadonlySet<string> = new Set(["message", "messageService", "user"]);
const written = new RecentBytes();

function writeOften(writer: TlWriter, plan: Plan, value: object): void {
  const known = written.of(value);
  if (known !== undefined) {
    writer.raw(known);
    return;
  }
  const start = writer.length;
  writePlainly(writer, plan, value);
  if (written.wants(value as Numbered)) written.add(value, writer.copyFrom(start));
}

function planOf(value: unknown, registry: Registry): Plan | undefined {
  if (typeof value !== "object" || value === null || !("_" in value)) return undefined;
  return typeof value._ === "string" ? registry.named(value._) : undefined;
}

/** A constructor without its number: written in lower case in the schema, or with a `%`. */
function bare(name: string, registry: Registry): TypeCodec {
  const plan = registry.named(name);
  if (plan === undefined) throw new Error(`the schema uses ${name}, which it does not define`);
  return {
    minBytes: 4,
    read: (reader) => plan.read(reader),
    write: (writer, value) => {
      if (planOf(value, registry) !== plan) throw wrong(name, value);
      plan.write(writer, value as object);
    },
  };
}

const VECTOR_TYPE = /^([Vv])ector<(.+)>$/;
const BARE_TYPE = /^(?:\w+\.)?[a-z]\w*$/;

/** Prepares the codec of a type as the schema writes it. */
export function compileType(type: string, registry: Registry): TypeCodec {
  const basic = BASIC[type];
  if (basic !== undefined) return basic;
  const [, letter, item] = VECTOR_TYPE.exec(type) ?? [];
  if (item !== undefined) return vector(compileType(item, registry), letter === "V");
  return BARE_TYPE.test(type) ? bare(type, registry) : boxed(type, registry);
}
