import type * as Tl from "../tl/types.js";

export interface Vote {
  /** Options as hexadecimal text. */
  readonly options: readonly string[];
  /** Seconds of Unix time. */
  readonly date: number;
}

const hex = (option: Uint8Array): string => Buffer.from(option).toString("hex");

/** What makes a quiz of a poll: the right options, and what is told to those who chose. */
export interface QuizKey {
  readonly correct: readonly Uint8Array[];
  readonly solution?: string | undefined;
  readonly solutionEntities?: readonly Tl.TypeMessageEntity[] | undefined;
}

/** A poll with its votes (core.telegram.org/api/poll): one for all messages that pass it on. */
export class Poll {
  /** The last who voted comes last. */
  readonly votes = new Map<number, Vote>();
  #closed: boolean;
  readonly #before: ReadonlyMap<string, number>;
  readonly #votersBefore: number;

  /** @param media as it was sent or read from a file; what it says of votes is of people nobody here knows */
  constructor(
    readonly tl: Tl.poll,
    results: Tl.TypePollResults,
    readonly key: QuizKey | undefined,
    readonly now: () => number,
  ) {
    this.#closed = tl.closed ?? false;
    this.#before = new Map(results.results?.map(({ option, voters }) => [hex(option), voters]));
    this.#votersBefore = results.total_voters ?? 0;
  }

  get isClosed(): boolean {
    return this.#closed || (this.tl.close_date !== undefined && this.tl.close_date <= this.now() / 1000);
  }

  close(): void {
    this.#closed = true;
  }

  has(option: Uint8Array): boolean {
    return this.tl.answers.some((answer) => hex(answer.option) === hex(option));
  }

  /** Takes the place of what he chose before; no options take that back. */
  vote(userId: number, options: readonly Uint8Array[], date: number): void {
    this.votes.delete(userId);
    if (options.length > 0) this.votes.set(userId, { options: options.map(hex), date });
  }

  votersOf(option: Uint8Array): number {
    const name = hex(option);
    const known = [...this.votes.values()].filter(({ options }) => options.includes(name)).length;
    return known + (this.#before.get(name) ?? 0);
  }

  get voters(): number {
    return this.votes.size + this.#votersBefore;
  }

  present(): Tl.poll {
    return { ...this.tl, closed: this.isClosed || undefined };
  }

  /**
   * How it stands is shown to those who have voted, and to all once it is closed. That of a poll out of a file, whose voters
   * nobody here knows, is shown to all.
   */
  presentResults(viewer: number): Tl.pollResults {
    const mine = this.votes.get(viewer);
    const head = { _: "pollResults", total_voters: this.voters, recent_voters: this.#recent() } as const;
    if (!mine && !this.isClosed && this.#votersBefore === 0) return head;
    const answers = this.tl.answers.map(({ option }): Tl.pollAnswerVoters => ({
      _: "pollAnswerVoters",
      chosen: mine?.options.includes(hex(option)) || undefined,
      correct: this.key?.correct.some((one) => hex(one) === hex(option)) || undefined,
      option,
      voters: this.votersOf(option),
    }));
    const { solution, solutionEntities } = this.key ?? {};
    // These two share a flag bit.
    const explained = solution === undefined ? {} : { solution, solution_entities: solutionEntities ?? [] };
    return { ...head, results: answers, ...explained };
  }

  /** Who voted last, where that is no secret. */
  #recent(): Tl.TypePeer[] | undefined {
    if (!this.tl.public_voters || this.votes.size === 0) return undefined;
    return [...this.votes.keys()].slice(-3).map((id) => ({ _: "peerUser", user_id: BigInt(id) }));
  }
}

/** The polls of a world that somebody has voted in, or could. */
export class Polls {
  readonly #known = new Map<bigint, Poll>();

  constructor(readonly now: () => number) {}

  add(tl: Tl.poll, key?: QuizKey): Poll {
    const poll = new Poll(tl, { _: "pollResults" }, key, this.now);
    this.#known.set(tl.id, poll);
    return poll;
  }

  get(id: bigint): Poll | undefined {
    return this.#known.get(id);
  }

  /** The poll of a message; one out of a file goes on from what the file says. */
  of({ poll, results }: Tl.messageMediaPoll): Poll {
    const known = this.#known.get(poll.id);
    if (known) return known;
    const taken = new Poll(poll, results, undefined, this.now);
    this.#known.set(poll.id, taken);
    return taken;
  }
}
