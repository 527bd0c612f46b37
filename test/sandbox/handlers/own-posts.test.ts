import { expect, test } from "vitest";
import { club, listedDialog, newestIn, refusal, textTo, type Session } from "./asking.js";
import { OMAR, PETRA } from "./wire.js";

const NEWS = "@news_test";
const CLUB = "@club_test";

const unread = (session: Session, which = NEWS): number => listedDialog(session, session.peer(which)).unread_count;

test("whoever posts in a channel, or changes it, has read what he did", () => {
  const { lina, omar } = club();
  const [own, other] = [unread(lina), unread(omar)];
  lina.ask("messages.sendMessage", textTo(lina.peer(NEWS), "Bridge open", 1n));
  const channel = lina.inputChannel(NEWS);
  lina.ask("channels.editTitle", { _: "channels.editTitle", channel, title: "Good news" });
  expect([own, unread(lina)]).toEqual([0, 0]);
  expect(unread(omar)).toBe(other + 2);
  lina.ask("channels.createChannel", { _: "channels.createChannel", title: "Fresh", about: "", broadcast: true });
  expect(unread(lina, "Fresh")).toBe(0);
});

test("an admin changes the posts of others where he may, and his own where he may post", () => {
  const { lina, omar, open } = club();
  const peer = lina.peer(NEWS);
  lina.ask("messages.sendMessage", textTo(peer, "Bridge open", 1n));
  const hers = newestIn(lina, peer);
  const edit = (id: number, message: string) => () =>
    omar.ask("messages.editMessage", { _: "messages.editMessage", peer: omar.peer(NEWS), id, message });
  open.setRights(NEWS, OMAR, { admin: ["ban_users", "post_messages"] });
  expect(refusal(edit(hers, "Bridge closed"))).toBe("403 MESSAGE_AUTHOR_REQUIRED");
  omar.ask("messages.sendMessage", textTo(omar.peer(NEWS), "Ferry late", 2n));
  expect(refusal(edit(newestIn(omar, omar.peer(NEWS)), "Ferry early"))).toBe("ok");
  open.setRights(NEWS, OMAR, { admin: true });
  expect(refusal(edit(hers, "Bridge closed"))).toBe("ok");
});

test("an admin of whom nothing else is said has the usual rights and no others", () => {
  const { omar, open } = club();
  open.setRights(CLUB, OMAR, { admin: true });
  const promote = () =>
    omar.ask("channels.editAdmin", {
      ...{ _: "channels.editAdmin", channel: omar.inputChannel(CLUB), user_id: omar.inputUser(PETRA), rank: "" },
      admin_rights: { _: "chatAdminRights", ban_users: true },
    });
  expect(refusal(promote)).toBe("403 CHAT_ADMIN_REQUIRED");
  const about = { _: "messages.editChatAbout", peer: omar.peer(CLUB), about: "Books" } as const;
  expect(refusal(() => omar.ask("messages.editChatAbout", about))).toBe("ok");
});
