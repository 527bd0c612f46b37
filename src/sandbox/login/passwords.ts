import { randomLong } from "../mtproto/salts.js";
import type { Account } from "../world/account.js";
import { SrpExchange, Verifier } from "./srp.js";

/** Checks begun and not finished that are kept. */
const KEPT = 64;

interface Check {
  readonly id: bigint;
  readonly account: Account;
  readonly exchange: SrpExchange;
}

/** Checks of two-step verification under way. */
export class Passwords {
  readonly #verifiers = new Map<number, Verifier>();
  readonly #checks = new Map<bigint, Check>();

  begin(account: Account, password: string): Check {
    const check = { id: randomLong(), account, exchange: new SrpExchange(this.#verifier(account, password)) };
    this.#checks.set(check.id, check);
    const [oldest] = this.#checks.keys();
    if (oldest !== undefined && this.#checks.size > KEPT) this.#checks.delete(oldest);
    return check;
  }

  /** Takes out a check that an account has begun: each is good for one answer. */
  take(account: Account, id: bigint): SrpExchange | undefined {
    const check = this.#checks.get(id);
    if (check?.account !== account) return undefined;
    this.#checks.delete(id);
    return check.exchange;
  }

  /** Made once for a password: it takes long. */
  #verifier(account: Account, password: string): Verifier {
    const known = this.#verifiers.get(account.id);
    if (known?.password === password) return known;
    const made = new Verifier(password);
    this.#verifiers.set(account.id, made);
    return made;
  }
}
