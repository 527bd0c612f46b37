import { Cast } from "../../world/present/cast.js";
import { presentUser } from "../../world/present/user.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Handlers, RequestContext } from "../handler.js";
import { checkIsCreator, note, tellChanged } from "./administer.js";
import { refuse } from "./refuse.js";
import { channelOf, mailboxOf, selfOf } from "./resolve.js";
import { tellAcquaintances } from "./profile.js";
import { tell } from "./tell.js";

/** Five letters at least: shorter names are sold elsewhere. */
const USERNAME = /^[a-z][a-z0-9_]{3,30}[a-z0-9]$/i;
const MOST_PUBLIC = 10;

/** @throws USERNAME_INVALID */
function isFree({ world }: RequestContext, name: string): boolean {
  if (!USERNAME.test(name) || name.includes("__")) throw refuse("USERNAME_INVALID");
  return world.users.byUsername(name) === undefined && world.channelByUsername(name) === undefined;
}

/** @throws USERNAME_INVALID, USERNAME_OCCUPIED */
function checkFree(context: RequestContext, name: string): void {
  if (!isFree(context, name)) throw refuse("USERNAME_OCCUPIED");
}

const sameName = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** core.telegram.org/api/usernames */
export const usernames = {
  "account.checkUsername": ({ username }, context) => isFree(context, username),
  "account.updateUsername": ({ username }, context) => {
    const self = selfOf(context);
    if ((self.username ?? "") === username) throw refuse("USERNAME_NOT_MODIFIED");
    if (username !== "" && !sameName(self.username, username)) checkFree(context, username);
    const changed = { ...self, username: username === "" ? undefined : username };
    context.world.users.add(changed);
    context.world.changeLogin(self.id, { username: changed.username });
    tellAcquaintances(context, changed);
    return presentUser(context.world, mailboxOf(context), changed);
  },
  "channels.checkUsername": ({ channel: input, username }, context) => {
    // Asked with an empty channel before there is one.
    if (input._ === "inputChannel") checkIsCreator(context, channelOf(context, input));
    checkPublic(context);
    return isFree(context, username);
  },
  "channels.updateUsername": ({ channel: input, username }, context) => {
    const channel = channelOf(context, input);
    checkIsCreator(context, channel);
    if ((channel.username ?? "") === username) throw refuse("USERNAME_NOT_MODIFIED");
    if (username !== "" && !sameName(channel.username, username)) checkFree(context, username);
    if (username !== "" && channel.username === undefined) checkPublic(context);
    const prev_value = channel.username ?? "";
    note(context, channel, { _: "channelAdminLogEventActionChangeUsername", prev_value, new_value: username });
    channel.username = username === "" ? undefined : username;
    tell(context, tellChanged(context, channel));
    return true;
  },
  "channels.getAdminedPublicChannels": (_, context) => {
    const cast = new Cast(context.world, mailboxOf(context));
    for (const { id } of ownPublic(context)) cast.add({ kind: "channel", id });
    return { _: "messages.chats", chats: updatesOf(cast, []).chats };
  },
} satisfies Handlers;

const ownPublic = ({ world, account }: RequestContext) =>
  [...world.channels.values()].filter(
    ({ username, members }) => username !== undefined && members.get(account.id)?.role === "creator",
  );

/** @throws CHANNELS_ADMIN_PUBLIC_TOO_MUCH */
function checkPublic(context: RequestContext): void {
  if (ownPublic(context).length >= MOST_PUBLIC) throw refuse("CHANNELS_ADMIN_PUBLIC_TOO_MUCH");
}
