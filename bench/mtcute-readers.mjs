// mtcute reads with functions that its generator has written from the schema. Of the sandbox's layer it has none, so they
// are written here in the same way: one expression for a field, one object literal for an answer.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { API_TYPES, MTPROTO_TYPES } from "../src/sandbox/tl/schema.ts";

const BASIC = new Set(["int", "int53", "long", "double", "bytes", "string", "int128", "int256"]);

/** Which longs mtcute holds as numbers, by its own schema. */
function ownNumbers() {
  const path = createRequire(import.meta.url).resolve("@mtcute/core/tl/api-schema.json");
  const { e } = JSON.parse(readFileSync(path, "utf8"));
  return new Set(e.flatMap((own) => own.arguments.flatMap((f) => (f.type === "int53" ? `${own.name}.${f.name}` : []))));
}

/** `message#96fdbbe9 flags:# out:flags.1?true id:int … = Message;` */
function parse(line, prefix, numbers) {
  const [, name, id, params] = /^([\w.]+)#([0-9a-f]+) (.*)= [^;]+;$/.exec(line);
  const fields = params.trim() === "" ? [] : params.trim().split(" ");
  return {
    name: `${prefix}${name}`,
    id: Number.parseInt(id, 16),
    fields: fields.map((field) => {
      const [, key, word, bit, type] = /^(\w+):(?:(flags2?)\.(\d+)\?)?(.+)$/.exec(field);
      const flag = word === undefined ? undefined : `$${word} & ${2 ** Number(bit)}`;
      return { key, flag, type: numbers.has(`${name}.${key}`) ? type.replace("long", "int53") : type };
    }),
  };
}

/** The readers by constructor, as mtcute wants them. */
export function makeReaders() {
  const numbers = ownNumbers();
  const entries = [
    ...API_TYPES.split("\n").map((line) => parse(line, "", numbers)),
    ...MTPROTO_TYPES.split("\n").map((line) => parse(line, "mt_", numbers)),
  ];
  const bare = new Map(entries.map(({ name, id }) => [name.replace("mt_", ""), id]));
  const functions = entries.map(({ name, id, fields }) => {
    const reads = fields.map(({ key, flag, type }) => `$${key} = ${read(type, flag, bare)}`);
    const shown = fields.filter(({ type }) => type !== "#").map(({ key }) => `${camel(key)}: $${key}`);
    const declared = reads.length === 0 ? "" : `var ${reads.join(", ")};`;
    return `${id}: function(r) { ${declared} return { _: ${JSON.stringify(name)}${shown.map((field) => `, ${field}`).join("")} }; }`;
  });
  return new Function(`var m = { ${functions.join(",\n")} }; return m;`)();
}

const camel = (key) => key.replace(/_([a-zA-Z\d])/g, (_, letter) => letter.toUpperCase());

function read(type, flag, bare) {
  if (type === "#") return "r.uint()";
  if (type === "true") return `!!(${flag})`;
  const value = valueOf(type, bare);
  return flag === undefined ? value : `${flag} ? ${value} : void 0`;
}

function valueOf(type, bare) {
  const [, vector, item] = /^([Vv])ector<(.+)>$/.exec(type) ?? [];
  if (vector !== undefined) return `r.vector(${itemOf(item, bare)}, ${vector === "v"})`;
  if (type === "Bool") return "r.boolean()";
  if (BASIC.has(type)) return `r.${type}()`;
  return bare.has(type) ? `m[${bare.get(type)}](r)` : "r.object()";
}

const itemOf = (item, bare) =>
  BASIC.has(item) ? `r.${item}` : bare.has(item) ? `m[${bare.get(item)}].bind(undefined, r)` : "r.object";
