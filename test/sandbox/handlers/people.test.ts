import { expect, test } from "vitest";
import type * as Tl from "../../../src/sandbox/tl/types.js";
import { encodeMosaic } from "../../../src/sandbox/world/mosaic-jpeg.js";
import { LINA, OMAR, openLine, pair, PETRA, type Wired } from "./wire.js";

const seen = async (who: Wired, id: number): Promise<Tl.user> => {
  const [user] = await who.ask("users.getUsers", { id: [who.user(id)] });
  if (user?._ !== "user") throw new Error("no user");
  return user;
};

const only = (...rules: Tl.TypeInputPrivacyRule[]) => rules;
const key = <K extends Tl.TypeInputPrivacyKey["_"]>(name: K) => ({ _: name });

test("privacy decides who sees a number, a time and a picture, with exceptions", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await omar.ask("contacts.deleteContacts", { id: [omar.user(LINA)] });
  expect((await seen(omar, LINA)).phone).toBe("9996620001");
  const nobody = only({ _: "inputPrivacyValueDisallowAll" });
  await lina.ask("contacts.deleteContacts", { id: [lina.user(OMAR)] });
  expect((await seen(omar, LINA)).phone).toBeUndefined();
  const but = only(
    { _: "inputPrivacyValueAllowUsers", users: [lina.user(OMAR)] },
    { _: "inputPrivacyValueDisallowAll" },
  );
  const set = await lina.ask("account.setPrivacy", { key: key("inputPrivacyKeyPhoneNumber"), rules: but });
  expect(set.rules).toEqual([{ _: "privacyValueAllowUsers", users: [BigInt(OMAR)] }, { _: "privacyValueDisallowAll" }]);
  expect((await seen(omar, LINA)).phone).toBe("9996620001");
  expect(await lina.ask("account.getPrivacy", { key: key("inputPrivacyKeyPhoneNumber") })).toEqual(set);
  await lina.ask("account.updateStatus", { offline: true });
  expect((await seen(omar, LINA)).status?._).toBe("userStatusOffline");
  await lina.ask("account.setPrivacy", { key: key("inputPrivacyKeyStatusTimestamp"), rules: nobody });
  expect((await seen(omar, LINA)).status?._).toBe("userStatusRecently");
  expect((await seen(lina, OMAR)).status).toMatchObject({ _: "userStatusRecently", by_me: true });
  expect(await lina.refused("account.setPrivacy", { key: key("inputPrivacyKeyPhoneNumber"), rules: [] })).toBe(
    "PRIVACY_VALUE_INVALID",
  );
  await lina.ask("account.setPrivacy", { key: key("inputPrivacyKeyAbout"), rules: nobody });
  await lina.ask("account.updateProfile", { about: "Reads" });
  expect((await omar.ask("users.getFullUser", { id: omar.user(LINA) })).full_user.about).toBeUndefined();
  expect((await lina.ask("users.getFullUser", { id: lina.user(LINA) })).full_user.about).toBe("Reads");
});

test("contacts are found by their numbers, unless they do not want to be", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const contact = (phone: string, client_id: bigint): Tl.inputPhoneContact => ({
    ...{ _: "inputPhoneContact", client_id, phone, first_name: "X", last_name: "" },
  });
  const contacts = [contact("+999 66 20003", 1n), contact("+9996699999", 2n)];
  const { imported, users } = await lina.ask("contacts.importContacts", { contacts });
  expect(imported).toEqual([{ _: "importedContact", user_id: BigInt(PETRA), client_id: 1n }]);
  expect(users).toMatchObject([{ contact: true, phone: "9996620003" }]);
  const known = await lina.ask("contacts.getContacts", { hash: 0n });
  expect(known._ === "contacts.contacts" && known.contacts.length).toBe(2);
  expect(await lina.ask("contacts.resolvePhone", { phone: "9996620002" })).toMatchObject({
    peer: { user_id: BigInt(OMAR) },
  });
  expect(await lina.refused("contacts.resolvePhone", { phone: "123456" })).toBe("PHONE_NOT_OCCUPIED");
  line.sandbox.world.setPrivacy(OMAR, { byPhone: "nobody" });
  expect(await lina.refused("contacts.resolvePhone", { phone: "9996620002" })).toBe("PHONE_NOT_OCCUPIED");
  expect(await lina.ask("contacts.getStatuses", {})).toMatchObject([{ user_id: BigInt(OMAR) }]);
  expect(await lina.ask("contacts.deleteByPhones", { phones: ["9996620003"] })).toBe(true);
  const left = await lina.ask("contacts.getContacts", { hash: 0n });
  expect(left._ === "contacts.contacts" && left.contacts.length).toBe(1);
  expect(omar.me).toBe(OMAR);
});

test("a person changes names, and those who know him hear of it", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const user = await lina.ask("account.updateProfile", { first_name: "Lina", last_name: "Berg" });
  expect(user).toMatchObject({ first_name: "Lina", last_name: "Berg", self: true });
  expect(await omar.hears()).toMatchObject([{ _: "updateUserName", last_name: "Berg" }]);
  expect(await lina.refused("account.updateProfile", { first_name: " " })).toBe("FIRSTNAME_INVALID");
  expect(await lina.refused("account.updateProfile", { about: "x".repeat(71) })).toBe("ABOUT_TOO_LONG");
  await lina.ask("account.updateStatus", { offline: false });
  expect(await omar.hears()).toMatchObject([{ _: "updateUserStatus", status: { _: "userStatusOnline" } }]);
});

test("usernames are free, taken or wrong, for people and for channels", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  expect(await lina.ask("account.checkUsername", { username: "lina_berg" })).toBe(true);
  expect(await lina.ask("account.checkUsername", { username: "Omar_Test" })).toBe(false);
  expect(await lina.refused("account.checkUsername", { username: "1st" })).toBe("USERNAME_INVALID");
  expect(await lina.refused("account.updateUsername", { username: "omar_test" })).toBe("USERNAME_OCCUPIED");
  expect(await lina.refused("account.updateUsername", { username: "lina_test" })).toBe("USERNAME_NOT_MODIFIED");
  await lina.ask("account.updateUsername", { username: "lina_berg" });
  expect(await omar.ask("contacts.resolveUsername", { username: "lina_berg" })).toMatchObject({
    peer: { user_id: BigInt(LINA) },
  });
  expect(await omar.refused("contacts.resolveUsername", { username: "lina_test" })).toBe("USERNAME_NOT_OCCUPIED");
  const channel = lina.channel("@club_test");
  expect(await lina.ask("channels.checkUsername", { channel, username: "news_test" })).toBe(false);
  expect(await lina.refused("channels.updateUsername", { channel, username: "news_test" })).toBe("USERNAME_OCCUPIED");
  const theirs = { channel: omar.channel("@club_test"), username: "omars_club" };
  expect(await omar.refused("channels.updateUsername", theirs)).toBe("CHAT_ADMIN_REQUIRED");
  expect(await lina.ask("channels.updateUsername", { channel, username: "" })).toBe(true);
  expect((await lina.ask("channels.getAdminedPublicChannels", {})).chats).toMatchObject([{ username: "news_test" }]);
});

test("pictures of oneself are put up, listed, fetched and taken down", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  const jpeg = encodeMosaic(200, 200, () => [30, 90, 200]);
  for (const file_id of [1n, 2n]) {
    await lina.ask("upload.saveFilePart", { file_id, file_part: 0, bytes: jpeg });
    const file = { _: "inputFile", id: file_id, parts: 1, name: "me.jpg", md5_checksum: "" } as const;
    await lina.ask("photos.uploadProfilePhoto", { file });
  }
  const list = { offset: 0, max_id: 0n, limit: 1 };
  const page = await omar.ask("photos.getUserPhotos", { user_id: omar.user(LINA), ...list });
  expect(page).toMatchObject({ _: "photos.photosSlice", count: 2 });
  const shown = (await seen(omar, LINA)).photo;
  const photo_id = shown?._ === "userProfilePhoto" ? shown.photo_id : 0n;
  const location = { _: "inputPeerPhotoFileLocation", peer: omar.peer("@lina_test"), photo_id } as const;
  expect(await omar.ask("upload.getFile", { location, offset: 0n, limit: 4096 })).toMatchObject({ _: "upload.file" });
  line.sandbox.world.setPrivacy(LINA, { photo: "nobody" });
  expect(await omar.ask("photos.getUserPhotos", { user_id: omar.user(LINA), ...list })).toMatchObject({ photos: [] });
  const [photo] = page.photos;
  if (photo?._ !== "photo") throw new Error("no photo");
  const input = {
    _: "inputPhoto",
    id: photo.id,
    access_hash: photo.access_hash,
    file_reference: photo.file_reference,
  } as const;
  expect(await lina.ask("photos.deletePhotos", { id: [input] })).toEqual([photo.id]);
  const rest = await lina.ask("photos.getUserPhotos", { user_id: lina.user(LINA), ...list });
  expect(rest.photos).toHaveLength(1);
});

test("a contact is called as the account calls him, and sees its number if it wants", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  line.sandbox.world.setPrivacy(lina.me, { phone: "nobody" });
  await omar.ask("contacts.deleteContacts", { id: [omar.user(lina.me)] });
  const named = { id: lina.user(OMAR), first_name: "Uncle", last_name: "O", phone: "" };
  await lina.ask("contacts.addContact", { ...named, add_phone_privacy_exception: true });
  expect(await lina.ask("users.getUsers", { id: [lina.user(OMAR)] })).toMatchObject([
    { first_name: "Uncle", last_name: "O" },
  ]);
  expect(await omar.ask("users.getUsers", { id: [{ _: "inputUserSelf" }, omar.user(lina.me)] })).toMatchObject([
    { first_name: "Omar" },
    { first_name: "Lina", phone: "9996620001" },
  ]);
});

test("a search for what calls the account finds names and answers", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const filter = { _: "inputMessagesFilterMyMentions" } as const;
  const page = { offset_id: 0, add_offset: 0, limit: 9, max_id: 0, min_id: 0, hash: 0n };
  const asked = { peer: lina.peer("@club_test"), q: "", filter, min_date: 0, max_date: 0, ...page };
  const found = await lina.ask("messages.search", asked);
  expect("messages" in found && found.messages).toMatchObject([{ message: "Hello @lina_test" }]);
});

test("folders keep their ids when one of them goes, and an account its owner when its name does", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  const { world } = line.sandbox;
  for (const title of ["One", "Two"]) world.addFolder(title, { account: LINA, include: ["@club_test"] });
  await lina.ask("messages.updateDialogFilter", { id: 2 });
  const { filters } = await lina.ask("messages.getDialogFilters", {});
  expect(filters.slice(1)).toMatchObject([{ id: 3, title: { text: "Two" } }]);
  world.addFolder("Three", { account: LINA, include: ["@club_test"] });
  expect((await lina.ask("messages.getDialogFilters", {})).filters.slice(1)).toMatchObject([{ id: 3 }, { id: 2 }]);
  world.moveUsername("lina_test", OMAR);
  expect(world.accounts.map(({ username }) => username)).toEqual([undefined, "lina_test"]);
});
