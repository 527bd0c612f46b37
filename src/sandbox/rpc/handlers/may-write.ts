import type { Channel } from "../../world/chat.js";
import type { Media } from "../../world/media.js";
import { fromPlace } from "../../world/history.js";
import { mayManage, type Denial } from "../../world/members.js";
import { RpcError, type RequestContext } from "../handler.js";
import { forbid, refuse } from "./refuse.js";
import { isChannel, mailboxOf, type Target } from "./resolve.js";

/**
 * Whether the account may write there at all.
 *
 * @throws CHAT_WRITE_FORBIDDEN, USER_BANNED_IN_CHANNEL, INPUT_USER_DEACTIVATED, YOU_BLOCKED_USER, USER_IS_BLOCKED, PEER_FLOOD;
 * USER_IS_BOT and PEER_ID_INVALID for bots
 */
export function checkMayWrite(context: RequestContext, target: Target): void {
  const { world, account } = context;
  // What clients were told there: github.com/vysheng/tg/issues/971, github.com/zhukov/webogram/issues/1227
  if (target.kind === "group" && target.migratedTo !== undefined) throw refuse("PEER_ID_INVALID");
  if (target.kind === "user") checkMayWriteTo(context, target.user.id, target.user.deleted);
  else if (!target.writableBy(account.id)) throw forbid("CHAT_WRITE_FORBIDDEN");
  else if (target.kind === "supergroup" && target.username !== undefined) {
    if (world.relations.isLimited(account.id, "publicGroups")) throw refuse("USER_BANNED_IN_CHANNEL");
  }
}

function checkMayWriteTo(context: RequestContext, user: number, deleted = false): void {
  const { relations } = context.world;
  const self = context.account.id;
  if (deleted) throw refuse("INPUT_USER_DEACTIVATED");
  if (context.world.isBot(self)) checkBotMayWriteTo(context, user);
  if (user === self) return;
  if (relations.hasBlocked(self, user)) throw refuse("YOU_BLOCKED_USER");
  if (relations.hasBlocked(user, self)) throw refuse("USER_IS_BLOCKED");
  if (relations.isLimited(self, "strangers") && isStranger(context, user)) throw refuse("PEER_FLOOD");
}

/** Bots do not begin conversations (tl.telethon.dev: PEER_ID_INVALID), and never write to bots. */
function checkBotMayWriteTo(context: RequestContext, user: number): void {
  if (context.world.isBot(user)) throw refuse("USER_IS_BOT");
  if (!hasWritten(context, user)) throw refuse("PEER_ID_INVALID");
}

/** Somebody who is no contact, whose contact one is not, and who never wrote. */
export function isStranger(context: RequestContext, user: number): boolean {
  const self = context.account.id;
  const { relations } = context.world;
  if (relations.knows(self, user) || relations.knows(user, self)) return false;
  return !hasWritten(context, user);
}

/** Whether somebody ever wrote to the account. */
function hasWritten(context: RequestContext, user: number): boolean {
  const history = mailboxOf(context).dialogs.get(`user:${user}`)?.history;
  for (const { from } of history ? fromPlace(history) : []) if (from?.id === user) return true;
  return false;
}

/** What has to be allowed for a content: of the two the first one that is denied gives the error its name. */
function kindsOf(media: Media | undefined): readonly Denial[] {
  if (!media) return ["send_plain"];
  if (media.kind === "photo") return ["send_photos", "send_media"];
  if (media.kind === "plain") return media.media._ === "messageMediaPoll" ? ["send_polls"] : ["send_media"];
  for (const attribute of media.attributes) {
    if (attribute._ === "documentAttributeSticker") return ["send_stickers"];
    if (attribute._ === "documentAttributeAnimated") return ["send_gifs"];
    if (attribute._ === "documentAttributeAudio") {
      return [attribute.voice ? "send_voices" : "send_audios", "send_media"];
    }
    if (attribute._ === "documentAttributeVideo") {
      return [attribute.round_message ? "send_roundvideos" : "send_videos", "send_media"];
    }
  }
  return ["send_docs", "send_media"];
}

/** @throws CHAT_SEND_MEDIA_FORBIDDEN, CHAT_SEND_PLAIN_FORBIDDEN…, VOICE_MESSAGES_FORBIDDEN */
export function checkMaySend({ world, account }: RequestContext, target: Target, media: Media | undefined): void {
  const spoken = kindsOf(media).some((kind) => kind === "send_voices" || kind === "send_roundvideos");
  if (target.kind === "user" && spoken && !world.relations.allows(target.user.id, "voices", account.id)) {
    throw refuse("VOICE_MESSAGES_FORBIDDEN");
  }
  if (target.kind === "user" || target.kind === "channel") return;
  const denied = target.deniedTo(account.id);
  const kind = kindsOf(media).find((one) => denied.has(one));
  if (kind) throw forbid(`CHAT_${kind === "send_polls" ? "SEND_POLL" : kind.toUpperCase()}_FORBIDDEN`);
}

/**
 * Slow mode (core.telegram.org/api/channel#slow-mode): members wait from one message to the next, admins do not.
 *
 * @throws SLOWMODE_WAIT_X, SLOWMODE_MULTI_MSGS_DISABLED
 */
export function checkSlowMode({ account, now }: RequestContext, target: Target, count: number): void {
  if (!slows(target, account.id)) return;
  const last = target.lastWrote.get(account.id) ?? 0;
  const wait = Math.ceil(last + target.slowModeSeconds - now / 1000);
  if (wait > 0) throw new RpcError(420, `SLOWMODE_WAIT_${wait}`);
  if (count > 1) throw refuse("SLOWMODE_MULTI_MSGS_DISABLED");
}

export function noteWritten({ account, now }: RequestContext, target: Target): void {
  if (isChannel(target)) target.lastWrote.set(account.id, Math.floor(now / 1000));
}

const slows = (target: Target, user: number): target is Channel =>
  target.kind === "supergroup" && target.slowModeSeconds > 0 && !mayManage(target.members.get(user));
