import { createHmac } from "node:crypto";
import { peerKey, type Peer } from "./peer.js";

/** How many hashes are kept; computing one again gives the same. */
const KEPT = 50_000;

/** Access hashes: a different one for every pair of account and peer, the same at each start. */
export class AccessHashes {
  readonly #known = new Map<string, bigint>();

  of(account: number, peer: Peer): bigint {
    return this.#derive(`${account}>${peerKey(peer)}`);
  }

  ofFile(id: bigint): bigint {
    return this.#derive(`file:${id}`);
  }

  #derive(subject: string): bigint {
    const known = this.#known.get(subject);
    if (known !== undefined) return known;
    const hash = createHmac("sha256", "access hash").update(subject).digest().readBigInt64LE(0);
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(subject, hash);
    return hash;
  }
}

/** Compares as 64-bit numbers, signed or not. */
export const sameHash = (a: bigint, b: bigint): boolean => BigInt.asUintN(64, a) === BigInt.asUintN(64, b);

/**
 * What a client must show to fetch a file (core.telegram.org/api/file_reference).
 *
 * @param generation grows when all references given so far expire
 */
export function fileReference(id: bigint, generation: number): Uint8Array {
  return createHmac("sha256", "file reference").update(`${id}:${generation}`).digest().subarray(0, 20);
}
