import { withoutUnseen } from "tg-guarded";
import { isRecord, UNTRUSTED } from "./words.js";

/** The same result, with everything that its schema calls written by people cut and freed of what nobody can see. */
export function clean(schema: unknown, value: unknown): unknown {
  if (!isRecord(schema) || value === null) return value;
  const limit = schema[UNTRUSTED];
  if (typeof limit === "number") return typeof value === "string" ? cut(withoutUnseen(value), limit) : value;
  if (Array.isArray(schema["anyOf"]))
    return schema["anyOf"].reduce((cleaned: unknown, one) => clean(one, cleaned), value);
  if (Array.isArray(value)) return value.map((item) => clean(schema["items"], item));
  if (!isRecord(value)) return value;
  const { properties, additionalProperties } = schema;
  const schemaOf = (name: string): unknown =>
    isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, clean(schemaOf(name), part)]));
}

/** Whole characters: half a surrogate pair is none. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
