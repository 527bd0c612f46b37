import { randomBytes } from "node:crypto";
import type { Account, CodeWay } from "../world/account.js";

/** Accepted for numbers that nobody has registered. */
export const ANYBODYS_CODE = "22222";
const LIFE_MS = 300_000;

/** A code that is on its way to somebody. */
export interface SentCode {
  /** phone_code_hash: names it in what follows. */
  readonly hash: string;
  readonly phone: string;
  readonly account: Account | undefined;
  readonly code: string;
  /** Somebody has shown it for a number that is not registered, and may do that now. */
  readonly isProven: boolean;
  /** How it was sent, and the ways that are left. */
  readonly ways: readonly [CodeWay, ...CodeWay[]];
  /** Milliseconds of Unix time. */
  readonly expiresAt: number;
}

/** Every login code that has been sent and not been used. */
export class SentCodes {
  readonly #sent = new Map<string, SentCode>();

  /** @param now milliseconds */
  send(phone: string, account: Account | undefined, ways: SentCode["ways"], now: number): SentCode {
    for (const { hash, expiresAt } of this.#sent.values()) if (expiresAt <= now) this.#sent.delete(hash);
    const hash = randomBytes(9).toString("hex");
    const code = account?.code ?? ANYBODYS_CODE;
    return this.#keep({ hash, phone, account, code, isProven: false, ways, expiresAt: now + LIFE_MS });
  }

  /** Sends it once more by the next way; undefined when there is none. */
  resend(sent: SentCode, now: number): SentCode | undefined {
    const [, next, ...rest] = sent.ways;
    return next && this.#keep({ ...sent, ways: [next, ...rest], expiresAt: now + LIFE_MS });
  }

  /** The code that was sent to a number, unless it has expired. */
  find(phone: string, hash: string, now: number): SentCode | undefined {
    const sent = this.#sent.get(hash);
    return sent?.phone === phone && sent.expiresAt > now ? sent : undefined;
  }

  prove(sent: SentCode): void {
    this.#keep({ ...sent, isProven: true });
  }

  drop({ hash }: SentCode): void {
    this.#sent.delete(hash);
  }

  expireAll(): void {
    this.#sent.clear();
  }

  #keep(sent: SentCode): SentCode {
    this.#sent.set(sent.hash, sent);
    return sent;
  }
}
