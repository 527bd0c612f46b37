import type * as Tl from "../tl/types.js";

/** What somebody asked a bot: by a button beneath its message, or by its name in an input field. */
export interface BotQuery {
  readonly id: bigint;
  readonly kind: "callback" | "inline";
  readonly bot: number;
  readonly user: number;
  /** Seconds of Unix time. */
  readonly date: number;
  /** What was typed, and from where on results are wanted: of an inline query. */
  readonly query: string;
  readonly offset: string;
}

/** Answers of a bot to an inline query, kept for those who ask the same. */
export interface InlineAnswer {
  readonly query: BotQuery;
  readonly results: Tl.messages_botResults;
  /** Good for him alone who asked. */
  readonly isPrivate: boolean;
  /** Seconds of Unix time. */
  readonly until: number;
}

type Settle = (answer: unknown) => void;

/** After so long a bot can no longer answer, and an inline result can no longer be sent. */
const QUERY_SECONDS = 60;
const RESULT_SECONDS = 3600;
const KEPT = 1000;

/** The queries to the bots of a world, and what they answered. */
export class BotQueries {
  readonly #open = new Map<bigint, BotQuery>();
  readonly #waiting = new Map<bigint, Settle>();
  readonly #inline = new Map<bigint, InlineAnswer>();
  #lastId = 4_000_000_000_000_000n;

  open(query: Omit<BotQuery, "id">): BotQuery {
    this.#lastId += 7n;
    const opened = { ...query, id: this.#lastId };
    this.#open.set(opened.id, opened);
    for (const [id] of this.#open) if (this.#open.size > KEPT) this.#open.delete(id);
    return opened;
  }

  /** Who asked waits for the answer. Returns how he stops waiting. */
  await(id: bigint, settle: Settle): () => void {
    this.#waiting.set(id, settle);
    return () => this.#waiting.delete(id);
  }

  /** Takes out a query that this bot may still answer. @param now seconds of Unix time */
  take(id: bigint, bot: number, kind: BotQuery["kind"], now: number): BotQuery | undefined {
    const query = this.#open.get(id);
    if (query?.bot !== bot || query.kind !== kind) return undefined;
    this.#open.delete(id);
    return query.date + QUERY_SECONDS > now ? query : undefined;
  }

  /** Tells who asked, if he still waits. */
  settle(id: bigint, answer: unknown): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(answer);
  }

  keep(answer: InlineAnswer): void {
    this.#inline.set(answer.query.id, answer);
    for (const [id] of this.#inline) if (this.#inline.size > KEPT) this.#inline.delete(id);
  }

  /** What the bot has answered to the same query lately. */
  kept(wanted: Pick<BotQuery, "bot" | "user" | "query" | "offset">, now: number): InlineAnswer | undefined {
    const { bot, user, query: text, offset } = wanted;
    return [...this.#inline.values()].reverse().find(({ query, isPrivate, until }) => {
      const isSame = query.bot === bot && query.query === text && query.offset === offset;
      return isSame && until > now && (!isPrivate || query.user === user);
    });
  }

  /** One of a bot's results, as long as it can be sent. */
  result(id: bigint, result: string, now: number): { bot: number; result: Tl.TypeBotInlineResult } | undefined {
    const answer = this.#inline.get(id);
    if (!answer || answer.query.date + RESULT_SECONDS <= now) return undefined;
    const found = answer.results.results.find((one) => one.id === result);
    return found && { bot: answer.query.bot, result: found };
  }
}
