import { TlError } from "./error.js";
import type { Plan } from "./plan.js";
import { TlReader } from "./reader.js";
import { registry } from "./registry.js";
import { TlWriter } from "./writer.js";

/** A constructor or a method's request; its fields are typed in types.ts. */
export interface TlObject {
  readonly _: string;
}

function planNamed(name: string): Plan {
  const plan = registry().named(name);
  if (plan === undefined) throw new TlError(`the schema has no ${name}`);
  return plan;
}

/** Writes a constructor or request, led by its number. */
export function encode<T extends TlObject>(object: T): Buffer {
  const plan = planNamed(object._);
  const writer = new TlWriter();
  writer.uint32(plan.id);
  plan.write(writer, object);
  return writer.finish();
}

/** Writes what a method answers: an object, or a bare value such as `Vector<int>` or `Bool`. */
export function encodeResult(method: string, value: unknown): Buffer {
  const writer = new TlWriter();
  planNamed(method).resultCodec.write(writer, value);
  return writer.finish();
}

/** Reads what {@link encodeResult} writes. */
export function decodeResult(method: string, bytes: Uint8Array): unknown {
  const reader = new TlReader(bytes);
  const value = planNamed(method).resultCodec.read(reader);
  expectEnd(reader);
  return value;
}

/** The plan of the constructor that the bytes go on with. */
function readPlan(reader: TlReader): Plan {
  const id = reader.uint32();
  const plan = registry().numbered(id);
  if (plan === undefined) throw new TlError(`unknown constructor ${id.toString(16).padStart(8, "0")}`, id);
  return plan;
}

/** Reads one constructor or request and leaves the reader behind it. */
export const readObject = (reader: TlReader): TlObject => readPlan(reader).read(reader);

/** Reads one constructor or request that fills all the bytes. */
export function decode(bytes: Uint8Array): TlObject {
  const reader = new TlReader(bytes);
  const object = readObject(reader);
  expectEnd(reader);
  return object;
}

function expectEnd(reader: TlReader): void {
  if (reader.remaining !== 0) throw new TlError(`${reader.remaining} bytes too many`);
}
