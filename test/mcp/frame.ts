import type { Answer } from "./desk.js";

const isRecord = (value: unknown): value is Answer =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of an answer that it says people wrote. */
export const untrustedIn = ({ untrusted }: Answer): ReadonlySet<string> =>
  new Set(isRecord(untrusted) ? (untrusted["fields"] as readonly string[]) : []);

/**
 * What is ours in an answer: everything but what it says itself that people wrote. `ids` stand for what differs between two
 * answers that must be the same otherwise.
 */
export function frameOf(answer: Answer, ids: ReadonlyMap<unknown, string> = new Map()): unknown {
  const fields = untrustedIn(answer);
  const framed = (value: unknown, path: string): unknown => {
    if (fields.has(path)) return typeof value === "string" ? "…" : ["a field of ours is called theirs", value];
    if (Array.isArray(value)) return value.map((item) => framed(item, `${path}[]`));
    if (isRecord(value)) {
      const parts = Object.entries(value).map(([name, part]) => [
        name,
        framed(part, path === "" ? name : `${path}.${name}`),
      ]);
      return Object.fromEntries(parts) as unknown;
    }
    return ids.get(value) ?? value;
  };
  return framed(answer, "");
}

/** Every text of an answer, with its place. */
export function textsIn(value: unknown, path = ""): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, `${path}[]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, path === "" ? name : `${path}.${name}`));
}
