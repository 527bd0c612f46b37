type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out what is undefined, null or empty: GramJS gives null for absent fields. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ) as Present<T>;
}
