import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { expect, it } from "vitest";
import { PeerBook } from "../../src/telegram/peer-book.js";

const user = (id: number, username: string) =>
  new Api.User({ id: returnBigInt(id), accessHash: returnBigInt(id), firstName: `Nr. ${id}`, username });

it("A name that changed hands stays with its new owner, also when the old one is seen under another", () => {
  const book = new PeerBook();
  book.learn([user(1, "harbour")], []);
  book.learn([user(2, "Harbour")], []);
  book.learn([user(1, "quay")], []);
  expect([book.byUsername("harbour")?.id, book.byUsername("quay")?.id]).toEqual([2, 1]);
  book.learn([user(2, "pier")], []);
  expect(book.byUsername("harbour")).toBeUndefined();
});
