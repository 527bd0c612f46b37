import { clean } from "./clean.js";
import { untrustedNote } from "./untrusted.js";
import { isRecord, UNTRUSTED } from "./words.js";

/** A result whose texts are freed of what nobody can see, and which says itself which of its fields people have written. */
export function marked(schema: unknown, result: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = new Set<string>();
  collect(schema, result, "", fields);
  const cleaned = clean(schema, result);
  const whole = isRecord(cleaned) ? cleaned : {};
  return fields.size === 0 ? { ...whole } : { untrusted: untrustedNote(fields), ...whole };
}

/** The paths of all texts that people wrote, each once: `messages[].text`. */
function collect(schema: unknown, value: unknown, path: string, into: Set<string>): void {
  if (!isRecord(schema) || value === null || value === undefined) return;
  if (typeof schema[UNTRUSTED] === "number") {
    if (value !== "") into.add(path);
    return;
  }
  if (Array.isArray(schema["anyOf"])) for (const one of schema["anyOf"]) collect(one, value, path, into);
  if (Array.isArray(value)) for (const item of value) collect(schema["items"], item, `${path}[]`, into);
  else if (isRecord(value) && isRecord(schema["properties"])) {
    for (const [name, part] of Object.entries(schema["properties"])) {
      collect(part, value[name], path === "" ? name : `${path}.${name}`, into);
    }
  }
}
