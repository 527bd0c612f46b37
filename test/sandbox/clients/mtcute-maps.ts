import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TlBinaryReader, TlBinaryWriter, TlReaderMap, TlWriterMap } from "@mtcute/core/utils.js";
import { API_METHODS, API_TYPES, MTPROTO_METHODS, MTPROTO_TYPES } from "../../../src/sandbox/tl/schema.js";

/** mtcute's own schema is of a newer layer; it says which longs mtcute holds as numbers. */
interface OwnEntry {
  readonly name: string;
  readonly arguments: readonly { readonly name: string; readonly type: string }[];
}

interface Field {
  /** As in the schema. */
  readonly type: string;
  /** As mtcute names it. */
  readonly key: string;
  /** The flags word and bit that announce it. */
  readonly flag: { readonly word: string; readonly mask: number } | undefined;
}

interface Entry {
  readonly name: string;
  readonly id: number;
  readonly fields: readonly Field[];
  readonly result: string;
}

type Made = Record<string, unknown>;
type Read = (reader: TlBinaryReader) => unknown;
type Write = (writer: TlBinaryWriter, value: unknown) => void;

const BASIC = ["int", "int53", "long", "double", "bytes", "string", "int128", "int256"] as const;
type Basic = (typeof BASIC)[number];
const isBasic = (type: string): type is Basic => BASIC.some((basic) => basic === type);

const keyOf = (field: string): string => field.replace(/_([a-zA-Z\d])/g, (_, letter: string) => letter.toUpperCase());
const vectorOf = (type: string): string | undefined => /^[Vv]ector<(.+)>$/.exec(type)?.[1];

/** Which longs of which constructors are numbers for mtcute. */
function ownNumbers(): ReadonlySet<string> {
  const path = createRequire(import.meta.url).resolve("@mtcute/core/tl/api-schema.json");
  const { e } = JSON.parse(readFileSync(path, "utf8")) as { readonly e: readonly OwnEntry[] };
  return new Set(
    e.flatMap(({ name, arguments: fields }) => fields.flatMap((f) => (f.type === "int53" ? `${name}.${f.name}` : []))),
  );
}

function readEntries(text: string, prefix: string, numbers: ReadonlySet<string>): Entry[] {
  return text.split("\n").map((line) => {
    const [, name = "", id = "", params = "", result = ""] = /^([\w.]+)#([0-9a-f]+) (.*)= ([^;]+);$/.exec(line) ?? [];
    const fields = params
      .split(" ")
      .filter((param) => param !== "")
      .map((param) => {
        const [field = "", declared = ""] = param.split(/:(.*)/s);
        const [, word, bit, inner = declared] = /^(flags2?)\.(\d+)\?(.+)$/.exec(declared) ?? [];
        const type = numbers.has(`${name}.${field}`) ? inner.replace("long", "int53") : inner;
        return { type, key: keyOf(field), flag: word === undefined ? undefined : { word, mask: 2 ** Number(bit) } };
      });
    return { name: `${prefix}${name}`, id: Number.parseInt(id, 16), fields, result };
  });
}

/** The maps by which mtcute reads and writes, made of the sandbox's schema: layer 198. */
export function makeMaps(): { readerMap: TlReaderMap; writerMap: TlWriterMap } {
  const numbers = ownNumbers();
  const types = [...readEntries(API_TYPES, "", numbers), ...readEntries(MTPROTO_TYPES, "mt_", numbers)];
  const methods = [...readEntries(API_METHODS, "", numbers), ...readEntries(MTPROTO_METHODS, "mt_", numbers)];
  const bare = new Map(types.map((entry) => [entry.name.replace("mt_", ""), entry]));
  const codecs = new Codecs(bare);
  const readers = types.map((entry): [number, Read] => [entry.id, (reader) => codecs.readFields(reader, entry)]);
  const results = methods.flatMap(({ name, result }): [string, Read][] => {
    const item = vectorOf(result);
    return item !== undefined && isBasic(item) ? [[name, (reader) => codecs.read(reader, result)]] : [];
  });
  const writers = [...types, ...methods].map((entry): [string, Write] => [
    entry.name,
    (writer, value) => {
      writer.uint(entry.id);
      codecs.writeFields(writer, entry, value as Made);
    },
  ]);
  return {
    readerMap: { ...Object.fromEntries(readers), _results: Object.fromEntries(results) } as TlReaderMap,
    writerMap: { ...Object.fromEntries(writers), _bare: {}, _staticSize: {} } as TlWriterMap,
  };
}

class Codecs {
  constructor(private readonly bare: ReadonlyMap<string, Entry>) {}

  readFields(reader: TlBinaryReader, { name, fields }: Entry): Made {
    const made: Made = { _: name };
    const words: Record<string, number> = {};
    for (const { type, key, flag } of fields) {
      const isThere = flag === undefined || ((words[flag.word] ?? 0) & flag.mask) !== 0;
      if (type === "#") words[key] = reader.uint();
      else if (type === "true") made[key] = isThere;
      else if (isThere) made[key] = this.read(reader, type);
    }
    return made;
  }

  writeFields(writer: TlBinaryWriter, { name, fields }: Entry, made: Made): void {
    const isSet = ({ key, type }: Field): boolean => (type === "true" ? made[key] === true : made[key] !== undefined);
    for (const field of fields) {
      const { type, key, flag } = field;
      if (type === "#") {
        const members = fields.filter((member) => member.flag?.word === key && isSet(member));
        writer.uint(members.reduce((word, member) => (word | (member.flag?.mask ?? 0)) >>> 0, 0));
      } else if (type !== "true" && (flag === undefined || isSet(field))) {
        if (made[key] === undefined) throw new Error(`${name}.${key} is missing`);
        this.write(writer, type, made[key]);
      }
    }
  }

  read(reader: TlBinaryReader, type: string): unknown {
    const item = vectorOf(type);
    if (item !== undefined) return reader.vector(() => this.read(reader, item), type.startsWith("v"));
    if (type === "Bool") return reader.boolean();
    if (isBasic(type)) return reader[type]();
    const entry = this.bare.get(type);
    return entry === undefined ? reader.object() : this.readFields(reader, entry);
  }

  write(writer: TlBinaryWriter, type: string, value: unknown): void {
    const item = vectorOf(type);
    if (item !== undefined) {
      const each = (element: unknown): void => {
        this.write(writer, item, element);
      };
      writer.vector(each, value as unknown[], type.startsWith("v"));
    } else if (type === "Bool") writer.boolean(value as boolean);
    else if (isBasic(type)) writer[type](value as never);
    else {
      const entry = this.bare.get(type);
      if (entry === undefined) writer.object(value);
      else this.writeFields(writer, entry, value as Made);
    }
  }
}
