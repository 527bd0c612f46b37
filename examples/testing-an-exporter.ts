// A test file for vitest: does an exporter of one's own keep everything, also when Telegram makes it wait?
import { GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox, type WorldBuilder } from "tg-guarded/testing";
import { expect, test } from "vitest";

/** The program under test: every message of a chat as a line of text, the oldest first. */
async function exportChat(client: GuardedClient, chat: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { senderName, text } of client.read.messages(chat, { order: "oldest" })) {
    if (text !== "") lines.push(`${senderName ?? "?"}: ${text}`);
  }
  return lines;
}

/** The world that it is tested on: one account, a friend, and a group in which they talk. */
function bookClub(world: WorldBuilder): void {
  const lina = world.user({ firstName: "Lina", account: true });
  const omar = world.user({ firstName: "Omar" });
  const club = world.supergroup({ title: "Book club", username: "book_club", creator: lina, members: [omar] });
  const question = club.post({ from: omar, text: "Has anybody read it?" });
  club.post({ from: lina, text: "Twice", replyTo: question, reactions: { "👍": [omar] } });
  for (let page = 1; page <= 250; page++) club.post({ from: omar, text: `Page ${page}` });
}

test("nothing is lost when Telegram asks to wait in the middle", async () => {
  await using sandbox = await startSandbox({
    world: bookClub,
    faults: [{ method: "messages.getHistory", nth: 2, error: "FLOOD_WAIT_1" }],
  });
  await using client = await GuardedClient.open({ ...sandbox.clientOptions(), store: memoryStore() });

  const lines = await exportChat(client, "@book_club");

  expect(lines).toHaveLength(252);
  expect(lines.slice(0, 2)).toEqual(["Omar: Has anybody read it?", "Lina: Twice"]);
  // The fault did happen, and nothing was asked for that the sandbox does not know.
  expect(sandbox.faults.unfired()).toEqual([]);
  expect([...sandbox.unserved.keys()]).toEqual([]);
});
