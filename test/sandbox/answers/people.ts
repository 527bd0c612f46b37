import { expect } from "vitest";
import { OMAR, PETRA } from "../handlers/wire.js";
import { CLUB, namesIn, uploaded, type Scene } from "./stage.js";

/** Contacts, and who is shut out. */
export const contacts: Scene = async ({ lina, omar }) => {
  const own = await lina.ask("contacts.getContacts", { hash: 0n });
  expect(own).toMatchObject({ _: "contacts.contacts", contacts: [{ user_id: BigInt(OMAR), mutual: true }] });
  const found = await lina.ask("contacts.resolveUsername", { username: "club_test" });
  expect(found).toMatchObject({ chats: [{ title: "Club" }] });
  const petra = {
    _: "inputPhoneContact",
    client_id: 5n,
    phone: "+9996620003",
    first_name: "P",
    last_name: "",
  } as const;
  const imported = await lina.ask("contacts.importContacts", { contacts: [petra] });
  expect(imported.imported).toEqual([{ _: "importedContact", user_id: BigInt(PETRA), client_id: 5n }]);
  expect(await lina.ask("contacts.getStatuses", {})).toMatchObject([{ user_id: BigInt(OMAR) }]);
  expect(await lina.ask("contacts.deleteByPhones", { phones: ["+9996620003"] })).toBe(true);
  const named = { id: lina.user(PETRA), first_name: "Petra", last_name: "", phone: "" };
  expect(await lina.ask("contacts.addContact", named)).toMatchObject({ users: [{ contact: true }] });
  const parted = await lina.ask("contacts.deleteContacts", { id: [lina.user(PETRA)] });
  expect(parted).toMatchObject({ users: [expect.not.objectContaining({ contact: true })] });
  await omar.ask("contacts.deleteContacts", { id: [omar.user(lina.me)] });
  const accepted = await omar.ask("contacts.acceptContact", { id: omar.user(lina.me) });
  expect(accepted).toMatchObject({ updates: [{ _: "updatePeerSettings" }], users: [{ mutual_contact: true }] });
  expect(await lina.ask("contacts.resolvePhone", { phone: "9996620002" })).toMatchObject({
    peer: { user_id: BigInt(OMAR) },
  });
  expect(await lina.ask("contacts.block", { id: lina.peer("@omar_test") })).toBe(true);
  expect((await lina.ask("contacts.getBlocked", { offset: 0, limit: 9 })).blocked).toHaveLength(1);
  expect(await lina.ask("contacts.unblock", { id: lina.peer("@omar_test") })).toBe(true);
};

/** What an account tells of itself, and to whom. */
export const profile: Scene = async ({ lina, omar }) => {
  const renamed = await lina.ask("account.updateProfile", { first_name: "Lena", about: "Reads" });
  expect(renamed).toMatchObject({ first_name: "Lena", self: true });
  expect(await lina.ask("account.updateStatus", { offline: false })).toBe(true);
  expect(await lina.ask("account.checkUsername", { username: "lena_test" })).toBe(true);
  expect(await lina.ask("account.updateUsername", { username: "lena_test" })).toMatchObject({ username: "lena_test" });
  const first = await lina.ask("photos.uploadProfilePhoto", { file: await uploaded(lina) });
  const second = await lina.ask("photos.uploadProfilePhoto", { file: await uploaded(lina, "b.jpg") });
  const shown = () =>
    omar.ask("photos.getUserPhotos", { user_id: omar.user(lina.me), offset: 0, max_id: 0n, limit: 9 });
  expect((await shown()).photos.map(({ id }) => id)).toEqual([second.photo.id, first.photo.id]);
  if (first.photo._ !== "photo") throw new Error(first.photo._);
  const { id, access_hash, file_reference } = first.photo;
  const input = { _: "inputPhoto", id, access_hash, file_reference } as const;
  const chosen = await lina.ask("photos.updateProfilePhoto", { id: input });
  expect(chosen).toMatchObject({ photo: { id }, users: [{ photo: { _: "userProfilePhoto", photo_id: id } }] });
  expect((await shown()).photos.map((photo) => photo.id)).toEqual([id, second.photo.id]);
  expect(await lina.ask("photos.deletePhotos", { id: [input] })).toEqual([id]);
  const key = { _: "inputPrivacyKeyStatusTimestamp" } as const;
  const rules = [{ _: "inputPrivacyValueDisallowAll" } as const];
  expect((await lina.ask("account.setPrivacy", { key, rules })).rules).toEqual([{ _: "privacyValueDisallowAll" }]);
  expect((await lina.ask("account.getPrivacy", { key })).rules).toEqual([{ _: "privacyValueDisallowAll" }]);
};

const muted = { _: "inputPeerNotifySettings", mute_until: 0x7fffffff } as const;
const ids = (kept: { readonly filters: readonly { readonly _: string }[] }): unknown[] =>
  kept.filters.flatMap((one) => ("id" in one ? [one.id] : []));

/** How an account has arranged its list of chats, and what else it has set. */
export const settings: Scene = async ({ lina }) => {
  const club = { _: "inputDialogPeer", peer: lina.peer(CLUB) } as const;
  const omar = { _: "inputDialogPeer", peer: lina.peer("@omar_test") } as const;
  for (const peer of [club, omar])
    expect(await lina.ask("messages.toggleDialogPin", { pinned: true, peer })).toBe(true);
  expect(await lina.ask("messages.reorderPinnedDialogs", { force: true, folder_id: 0, order: [omar, club] })).toBe(
    true,
  );
  const moved = [{ _: "inputFolderPeer", peer: lina.peer("Family"), folder_id: 1 } as const];
  expect(namesIn(await lina.ask("folders.editPeerFolders", { folder_peers: moved }))).toEqual(["updateFolderPeers"]);
  const peer = { _: "inputNotifyPeer", peer: lina.peer(CLUB) } as const;
  expect(await lina.ask("account.updateNotifySettings", { peer, settings: muted })).toBe(true);
  expect((await lina.ask("account.getNotifySettings", { peer })).mute_until).toBe(0x7fffffff);
  expect(await lina.ask("account.resetNotifySettings", {})).toBe(true);
  expect((await lina.ask("account.getNotifySettings", { peer })).mute_until).toBeUndefined();
  for (const id of [2, 3]) {
    const title = { _: "textWithEntities", text: `Folder ${id}`, entities: [] } as const;
    const lists = { pinned_peers: [], include_peers: [lina.peer(CLUB)], exclude_peers: [] };
    expect(
      await lina.ask("messages.updateDialogFilter", { id, filter: { _: "dialogFilter", id, title, ...lists } }),
    ).toBe(true);
  }
  expect(await lina.ask("messages.updateDialogFiltersOrder", { order: [3, 2] })).toBe(true);
  expect(ids(await lina.ask("messages.getDialogFilters", {}))).toEqual([3, 2]);
  expect(await lina.ask("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: 90 } })).toBe(true);
  const globally = { _: "globalPrivacySettings", hide_read_marks: true } as const;
  expect(await lina.ask("account.setGlobalPrivacySettings", { settings: globally })).toEqual(globally);
};
