/** So many requests in a window are free; the next one waits. The numbers are the sandbox's own: Telegram hides its. */
interface Allowance {
  readonly methods: RegExp;
  readonly requests: number;
  readonly perSeconds: number;
  /** The first wait. */
  readonly waitSeconds: number;
}

/** The first that fits a method counts, for each account by itself. docs/sandbox.md tells them. */
const ALLOWANCES: readonly Allowance[] = [
  {
    methods: /^contacts\.(resolveUsername|resolvePhone|search|importContacts)$/,
    requests: 20,
    perSeconds: 60,
    waitSeconds: 60,
  },
  {
    methods: /^(channels\.(joinChannel|inviteToChannel)|messages\.(importChatInvite|addChatUser))$/,
    requests: 5,
    perSeconds: 60,
    waitSeconds: 120,
  },
  { methods: /^messages\.(send|forward|edit|delete)/, requests: 20, perSeconds: 60, waitSeconds: 30 },
  { methods: /^upload\./, requests: 200, perSeconds: 10, waitSeconds: 3 },
  {
    methods: /^(messages\.(getHistory|getMessages|search)|channels\.(getMessages|getParticipants))/,
    requests: 60,
    perSeconds: 30,
    waitSeconds: 10,
  },
  { methods: /./, requests: 100, perSeconds: 30, waitSeconds: 5 },
];

/** Nobody waits longer. */
const LONGEST_SECONDS = 86_400;
/** So long without a fault, and all is forgiven. */
const CALM_MS = 600_000;

interface Standing {
  taken: number[];
  requests: number;
  waitSeconds: number;
  /** The end of the wait under way, in milliseconds. */
  until: number;
}

/** Imitates Telegram: hidden budgets, and waits that grow while they are ignored, as the budgets shrink. */
export class FloodPolicy {
  private readonly standings = new Map<string, Standing>();

  /** Takes one request, or says how many seconds to wait. @param now milliseconds */
  take(account: number | null, method: string, now: number): number | undefined {
    const place = ALLOWANCES.findIndex(({ methods }) => methods.test(method));
    const allowance = ALLOWANCES[place];
    if (!allowance) return undefined;
    const standing = this.standing(`${account ?? "nobody"}:${place}`, allowance, now);
    if (now < standing.until) return punish(standing, now);
    standing.taken = standing.taken.filter((at) => at > now - allowance.perSeconds * 1000);
    if (standing.taken.length < standing.requests) {
      standing.taken.push(now);
      return undefined;
    }
    standing.until = now + standing.waitSeconds * 1000;
    return standing.waitSeconds;
  }

  private standing(key: string, { requests, waitSeconds }: Allowance, now: number): Standing {
    const known = this.standings.get(key);
    if (known && (known.until === 0 || now - known.until < CALM_MS)) return known;
    const fresh = { taken: known?.taken ?? [], requests, waitSeconds, until: 0 };
    this.standings.set(key, fresh);
    return fresh;
  }
}

/** Whoever asks again while he should wait, waits twice as long, and has half as much from then on. */
function punish(standing: Standing, now: number): number {
  standing.requests = Math.max(1, Math.floor(standing.requests / 2));
  standing.waitSeconds = Math.min(standing.waitSeconds * 2, LONGEST_SECONDS);
  standing.until = now + standing.waitSeconds * 1000;
  return standing.waitSeconds;
}
