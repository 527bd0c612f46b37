import type { Call } from "../call.js";
import type { Ask, Draw } from "../state/admission.js";
import type { Rate } from "../state/token-bucket.js";

/** So many requests in so much time. */
export interface MethodBudget {
  /** How many, all at once at the most: 1 or more. */
  readonly requests: number;
  /** In so many seconds; parts of one may be named. */
  readonly perSeconds: number;
}

/** How many requests an account may make. */
export interface BudgetOptions {
  /**
   * Requests a second for the account, over all processes. A client takes no 0: `mode: "off"` turns the budget off;
   * {@link defaultChain} alone takes 0 for that. @defaultValue 4
   */
  readonly perSecond?: number;
  /** Requests at once after a quiet time. @defaultValue twice `perSecond` */
  readonly burst?: number;
  /** Parts of files a second, which have a budget of their own; 0 turns it off. @defaultValue 16 */
  readonly filePartsPerSecond?: number;
  /** Further budgets for single methods: `{ "messages.getHistory": { requests: 10, perSeconds: 30 } }`. */
  readonly methods?: Readonly<Record<string, MethodBudget>>;
  /** Pauses in bulk work. */
  readonly pauses?: PauseOptions;
}

/** Pauses in bulk work; 0 turns one off. */
export interface PauseOptions {
  /** After each join, leave, invitation or removal, in milliseconds. @defaultValue 3000 */
  readonly afterJoinMs?: number;
  /** A minute's pause after so many direct messages. @defaultValue 20 */
  readonly everyDirectMessages?: number;
  /** A second's pause after so many participants. @defaultValue 5000 */
  readonly everyParticipants?: number;
}

export const SHARED_BUCKET = "account";
const FILE_BUCKET = "files";
/** Members in one answer of channels.getParticipants. */
const PARTICIPANTS_PAGE = 200;
const DM_PAUSE_SECONDS = 60;

const FILE_PARTS: ReadonlySet<string> = new Set([
  "upload.saveFilePart",
  "upload.saveBigFilePart",
  "upload.getFile",
  "upload.getCdnFile",
]);

/** What Telegram may have put on hold for a call. */
const scopesOf = ({ method, chat }: Call): readonly string[] =>
  chat === undefined ? [method] : [method, chatScope(method, chat)];
export const chatScope = (method: string, chat: string): string => `${method}@${chat}`;

/** The rate of the bucket that all calls of an account share; none when it is off. */
export function sharedRate({ perSecond = 4, burst = 2 * perSecond }: BudgetOptions): Rate | undefined {
  return perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, burst) };
}

/** How many requests of one method a second there can be in the long run; `Infinity` without a budget. */
export function longRunRate(method: string, options: BudgetOptions): number {
  const own = options.methods?.[method];
  const perSecond = own === undefined ? Infinity : own.requests / own.perSeconds;
  return Math.min(perSecond, sharedRate(options)?.perSecond ?? Infinity);
}

/** What a call asks for. */
export function askOf(options: BudgetOptions): (call: Call) => Ask {
  const { filePartsPerSecond = 16, methods = {} } = options;
  const rate = sharedRate(options);
  const shared: Draw | undefined = rate && { bucket: SHARED_BUCKET, rate, units: 1 };
  const fileRate = { perSecond: filePartsPerSecond, burst: 2 * filePartsPerSecond };
  const files: Draw | undefined =
    filePartsPerSecond === 0 ? undefined : { bucket: FILE_BUCKET, rate: fileRate, units: 1 };
  const budgets = new Map(Object.entries(methods).map(([method, budget]) => [method, drawOf(method, budget)]));
  const pauses = pausesOf(options.pauses ?? {});
  const nothing: readonly Draw[] = [];

  return (call) => {
    const budget = budgets.get(call.method);
    const pause = call.lane === "bulk" ? pauses(call) : undefined;
    const own =
      budget === undefined && pause === undefined ? nothing : [budget, pause].filter((draw) => draw !== undefined);
    // Written out field by field: made from a spread it takes four times as long as all the rest of the transition.
    return {
      own,
      shared: FILE_PARTS.has(call.method) ? files : shared,
      ownPaid: false,
      scopes: scopesOf(call),
      isRead: call.kind === "read",
      maxWaitMs: 0,
    };
  };
}

const drawOf = (method: string, { requests, perSeconds }: MethodBudget): Draw => ({
  bucket: `method:${method}`,
  rate: { perSecond: requests / perSeconds, burst: requests },
  units: 1,
});

function pausesOf({ afterJoinMs = 3000, everyDirectMessages = 20, everyParticipants = 5000 }: PauseOptions) {
  const join: Draw = { bucket: "pause:join", rate: { perSecond: 1000 / afterJoinMs, burst: 1 }, units: 1 };
  const perSecond = everyDirectMessages / DM_PAUSE_SECONDS;
  const dm: Draw = { bucket: "pause:dm", rate: { perSecond, burst: everyDirectMessages }, units: 1 };
  const members: Draw = {
    bucket: "pause:participants",
    rate: { perSecond: everyParticipants, burst: Math.max(everyParticipants, PARTICIPANTS_PAGE) },
    units: PARTICIPANTS_PAGE,
  };
  return ({ quota, method, units }: Call): Draw | undefined => {
    if (quota === "join" && afterJoinMs > 0) return join;
    if (quota === "dm" && everyDirectMessages > 0) return { ...dm, units };
    return method === "channels.getParticipants" && everyParticipants > 0 ? members : undefined;
  };
}
