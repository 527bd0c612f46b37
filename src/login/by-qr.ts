import type { Api } from "telegram";
import { sleep } from "../clock.js";
import { askAtHome, type Flow } from "./flow.js";
import { byPassword } from "./password.js";
import { loginFailed, promptMissing, refusalOf } from "./refusals.js";

/** So many pictures in a row, of half a minute each, before one gives up. */
const PICTURES = 10;
/** A new picture is asked for so long before the old one expires. */
const AHEAD_MS = 1000;
/** How long one lives, where this machine's clock and Telegram's are too far apart to tell. */
const USUAL_MS = 30_000;
const LONGEST_MS = 120_000;

/** Logs in by a picture that a device of the account scans (core.telegram.org/api/qr-login). */
export async function byQr(flow: Flow): Promise<Api.auth.TypeAuthorization> {
  try {
    return await showPictures(flow);
  } catch (error) {
    if (refusalOf(error) === "SESSION_PASSWORD_NEEDED") return byPassword(flow);
    throw error;
  }
}

async function showPictures(flow: Flow): Promise<Api.auth.TypeAuthorization> {
  const { prompts, clock } = flow;
  if (prompts.qr === undefined) throw promptMissing("qr");
  for (let shown = 0; shown <= PICTURES;) {
    const news = newsOf(flow);
    try {
      const answer = await exportToken(flow);
      if (answer.className !== "auth.LoginToken") return await accept(flow, answer);
      if (shown === PICTURES) break;
      shown++;
      const url = `tg://login?token=${answer.token.toString("base64url")}`;
      await prompts.qr({ url, expiresAt: new Date(answer.expires * 1000).toISOString() });
      // Without news one asks all the same: they may have been lost with a connection.
      await news.within(lifetimeOf(answer, clock.now()) - AHEAD_MS);
    } finally {
      news.end();
    }
  }
  throw loginFailed("qr_expired");
}

function lifetimeOf({ expires }: Api.auth.LoginToken, now: number): number {
  const leftMs = expires * 1000 - now;
  return leftMs > AHEAD_MS && leftMs <= LONGEST_MS ? leftMs : USUAL_MS;
}

function exportToken(flow: Flow): Promise<Api.auth.TypeLoginToken> {
  const { wire, apiId, apiHash } = flow;
  return askAtHome(flow, () => new wire.api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] }));
}

type Accepted = Exclude<Api.auth.TypeLoginToken, Api.auth.LoginToken>;

/** The account lives elsewhere, perhaps; then the token is brought there. */
async function accept({ wire, signal }: Flow, answer: Accepted): Promise<Api.auth.TypeAuthorization> {
  if (answer.className === "auth.LoginTokenSuccess") return answer.authorization;
  await wire.moveTo(answer.dcId);
  const there = await wire.invoke(new wire.api.auth.ImportLoginToken({ token: answer.token }), signal);
  if (there.className === "auth.LoginTokenSuccess") return there.authorization;
  throw loginFailed("unexpected");
}

/** News that come while nobody waits for them yet count, too. */
function newsOf({ wire, clock, signal }: Flow) {
  const arrived = new AbortController();
  const stop = wire.onNews(() => {
    arrived.abort();
  });
  return {
    async within(ms: number): Promise<void> {
      if (arrived.signal.aborted) return;
      await sleep(clock, ms, AbortSignal.any([arrived.signal, signal])).catch((error: unknown) => {
        if (!arrived.signal.aborted) throw error;
      });
    },
    end: stop,
  };
}
