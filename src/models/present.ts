type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out what is undefined, null or empty: GramJS gives null for absent fields. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  // A loop, since this runs several times for each message.
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value: unknown = fields[name];
    if (value !== undefined && value !== null && value !== "") kept[name] = value;
  }
  return kept as Present<T>;
}
