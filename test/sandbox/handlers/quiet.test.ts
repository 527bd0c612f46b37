import { expect, test } from "vitest";
import { openLine, pair } from "./wire.js";

test("what is set for an account is read again", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await lina.ask("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: 180 } });
  expect((await lina.ask("account.getAccountTTL", {})).days).toBe(180);
  expect((await omar.ask("account.getAccountTTL", {})).days).toBe(365);
  expect(await lina.refused("account.setAccountTTL", { ttl: { _: "accountDaysTTL", days: 3 } })).toBe(
    "TTL_DAYS_INVALID",
  );
  const settings = { _: "globalPrivacySettings", hide_read_marks: true } as const;
  await lina.ask("account.setGlobalPrivacySettings", { settings });
  expect(await lina.ask("account.getGlobalPrivacySettings", {})).toEqual(settings);
  expect(await lina.refused("langpack.getLanguage", { lang_pack: "", lang_code: "xx" })).toBe(
    "LANG_CODE_NOT_SUPPORTED",
  );
  const short = { _: "inputStickerSetShortName", short_name: "whales" } as const;
  expect(await lina.refused("messages.getStickerSet", { stickerset: short, hash: 0 })).toBe("STICKERSET_INVALID");
});

test("above a chat with somebody unknown there is a bar, until it is put away", async () => {
  await using line = await openLine();
  const [lina, omar] = pair(line);
  await omar.ask("contacts.deleteContacts", { id: [omar.user(lina.me)] });
  const peer = omar.peer("@lina_test");
  expect((await omar.ask("messages.getPeerSettings", { peer })).settings.add_contact).toBe(true);
  await omar.ask("messages.hidePeerSettingsBar", { peer });
  expect((await omar.ask("messages.getPeerSettings", { peer })).settings.add_contact).toBeUndefined();
});

test("a method that is known and not served says so, and is reported", async () => {
  await using line = await openLine();
  const [lina] = pair(line);
  expect(await lina.refused("smsjobs.getStatus", {})).toBe("SANDBOX_NOT_IMPLEMENTED");
  expect([...line.sandbox.unserved]).toEqual([["smsjobs.getStatus", 1]]);
});
