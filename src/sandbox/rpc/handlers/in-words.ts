/** A value as text, to compare it with another. */
export const inWords = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one));
