/** The right to send login requests. It cannot be forged, and ends with the flow that it was issued for. */
export interface Permit {
  readonly flow: string;
}

const issued = new WeakSet<Permit>();

/** Only the login flows issue permits; a test reads the imports. */
export function issuePermit(flow: string): Permit {
  const permit: Permit = Object.freeze({ flow });
  issued.add(permit);
  return permit;
}

/** From here on nothing passes under it. */
export const revokePermit = (permit: Permit): void => {
  issued.delete(permit);
};

export const isPermit = (permit: Permit | undefined): permit is Permit => permit !== undefined && issued.has(permit);
