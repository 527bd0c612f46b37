/** CI takes a part of what is only more of the same, so that it ends in time; `npm run chaos` takes all: CHAOS_PARTS=3 is a third. */
const parts = Number(process.env["CHAOS_PARTS"] ?? 1);

export const isWhole = parts === 1;

/** So much of it. */
export const share = (all: number): number => Math.ceil(all / parts);
