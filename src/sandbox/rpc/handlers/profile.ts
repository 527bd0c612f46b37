import type * as Tl from "../../tl/types.js";
import type { Photo } from "../../world/media.js";
import { Cast } from "../../world/present/cast.js";
import { presentPhoto } from "../../world/present/media.js";
import { presentUser, statusOf } from "../../world/present/user.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Mailbox } from "../../world/mailbox.js";
import type { User } from "../../world/users.js";
import type { Handlers, RequestContext } from "../handler.js";
import { newPhoto } from "./accept-media.js";
import { knownFile } from "./files.js";
import { notServed, refuse } from "./refuse.js";
import { mailboxOf, selfOf, userOf } from "./resolve.js";

const LONGEST_NAME = 64;
const LONGEST_ABOUT = 70;
const LONGEST_ABOUT_WITH_PREMIUM = 140;
const PHOTOS_LIMIT = 100;

/** Accounts that hear of what becomes of a person: his own, and those that know him or have written with him. */
function acquaintances({ world }: RequestContext, id: number): Mailbox[] {
  return world
    .mailboxes()
    .filter((one) => one.accountId === id || one.contacts.has(id) || one.dialogs.has(`user:${id}`));
}

function tellEach(context: RequestContext, id: number, update: (viewer: Mailbox) => Tl.TypeUpdate | undefined): void {
  for (const viewer of acquaintances(context, id)) {
    const told = update(viewer);
    const cast = new Cast(context.world, viewer).addUser(id);
    if (told) context.push(context.world.account(viewer.accountId), updatesOf(cast, [told]));
  }
}

/** A person goes by another name from now on. */
export function tellAcquaintances(context: RequestContext, user: User): void {
  const { username } = user;
  const update: Tl.updateUserName = {
    _: "updateUserName",
    user_id: BigInt(user.id),
    first_name: user.firstName,
    last_name: user.lastName ?? "",
    usernames: username === undefined ? [] : [{ _: "username", editable: true, active: true, username }],
  };
  tellEach(context, user.id, () => update);
}

/** @throws FIRSTNAME_INVALID, ABOUT_TOO_LONG */
function renamed(self: User, { first_name, last_name, about }: Tl.account_updateProfileRequest): User {
  const firstName = first_name === undefined ? self.firstName : first_name.trim().slice(0, LONGEST_NAME);
  if (firstName === "") throw refuse("FIRSTNAME_INVALID");
  const lastName = last_name === undefined ? self.lastName : last_name.trim().slice(0, LONGEST_NAME) || undefined;
  if ((about?.length ?? 0) > (self.premium ? LONGEST_ABOUT_WITH_PREMIUM : LONGEST_ABOUT)) {
    throw refuse("ABOUT_TOO_LONG");
  }
  return { ...self, firstName, lastName, about: about === undefined ? self.about : about || undefined };
}

function showPhotos(context: RequestContext, photos: readonly Photo[]): User {
  const self = { ...selfOf(context), photos };
  context.world.users.add(self);
  tellEach(context, self.id, () => ({ _: "updateUser", user_id: BigInt(self.id) }));
  return self;
}

function answer(context: RequestContext, photo: Photo | undefined): Tl.photos_photo {
  const cast = new Cast(context.world, mailboxOf(context)).addUser(context.account.id);
  return {
    _: "photos.photo",
    photo: photo ? presentPhoto(context.world, photo) : { _: "photoEmpty", id: 0n },
    users: cast.users,
  };
}

const named = ({ id }: Photo, input: Tl.TypeInputPhoto): boolean => input._ === "inputPhoto" && input.id === id;

/** What a person tells of himself. */
export const profile = {
  "account.updateProfile": (request, context) => {
    const changed = renamed(selfOf(context), request);
    context.world.users.add(changed);
    tellAcquaintances(context, changed);
    return presentUser(context.world, mailboxOf(context), changed);
  },
  "account.updateStatus": ({ offline }, context) => {
    const lastSeen = Math.floor(context.now / 1000);
    const changed: User = { ...selfOf(context), presence: offline ? { lastSeen } : "online" };
    context.world.users.add(changed);
    tellEach(context, changed.id, ({ accountId }) => {
      const status = statusOf(context.world, accountId, changed);
      return accountId === changed.id || !status
        ? undefined
        : { _: "updateUserStatus", user_id: BigInt(changed.id), status };
    });
    return true;
  },
  "photos.getUserPhotos": ({ user_id, offset, max_id, limit }, context) => {
    const user = userOf(context, user_id);
    const seen = context.world.relations.allows(user.id, "photo", context.account.id);
    const all = (seen ? (user.photos ?? []) : []).filter(({ id }) => max_id === 0n || id < max_id);
    const from = Math.max(0, offset);
    const page = all.slice(from, from + Math.min(Math.max(0, limit), PHOTOS_LIMIT));
    const photos = page.map((photo) => presentPhoto(context.world, photo));
    const { users } = new Cast(context.world, mailboxOf(context)).addUser(user.id);
    if (page.length === all.length) return { _: "photos.photos", photos, users };
    return { _: "photos.photosSlice", count: all.length, photos, users };
  },
  "photos.uploadProfilePhoto": ({ file, bot, video, video_emoji_markup }, context) => {
    if (bot || video || video_emoji_markup) throw notServed();
    if (!file) throw refuse("PHOTO_FILE_MISSING");
    const photo = newPhoto(context, file);
    showPhotos(context, [photo, ...(selfOf(context).photos ?? [])]);
    return answer(context, photo);
  },
  "photos.updateProfilePhoto": ({ id, bot }, context) => {
    if (bot) throw notServed();
    const before = selfOf(context).photos ?? [];
    if (id._ === "inputPhotoEmpty") return answer(context, showPhotos(context, before.slice(1)).photos?.[0]);
    const photo = knownFile(context, id, "photo");
    if (photo.kind !== "photo") throw refuse("PHOTO_ID_INVALID");
    showPhotos(context, [photo, ...before.filter((one) => one.id !== photo.id)]);
    return answer(context, photo);
  },
  "photos.deletePhotos": ({ id: inputs }, context) => {
    const before = selfOf(context).photos ?? [];
    const gone = before.filter((photo) => inputs.some((input) => named(photo, input)));
    if (gone.length > 0) {
      showPhotos(
        context,
        before.filter((photo) => !gone.includes(photo)),
      );
    }
    return gone.map(({ id }) => id);
  },
} satisfies Handlers;
