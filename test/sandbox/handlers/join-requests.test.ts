import { expect, test } from "vitest";
import type { WorldBuilder } from "../../../src/sandbox/world/plan/builder.js";
import { createWorld } from "../../../src/sandbox/world/world.js";
import { NOW, openSession, refusal, type Session } from "./asking.js";

const BOARD = "@board_test";
const [CHAIR, FIRST, SECOND] = [7101, 7102, 7103] as const;

function waitingRoom(world: WorldBuilder): void {
  world.user({ id: CHAIR, firstName: "Chair", account: true });
  world.user({ id: FIRST, firstName: "First", account: true });
  world.user({ id: SECOND, firstName: "Second", account: true });
  world.supergroup({ title: "Board", username: "board_test", creator: CHAIR, joinRequest: true });
}

const ask = (session: Session) => () =>
  session.ask("channels.joinChannel", { _: "channels.joinChannel", channel: session.inputChannel(BOARD) });

test("who was let in another way waits no longer, and keeps nobody else from coming in", () => {
  const world = createWorld(waitingRoom, () => NOW);
  const chair = openSession(world, CHAIR);
  for (const id of [FIRST, SECOND]) expect(refusal(ask(openSession(world, id)))).toBe("400 INVITE_REQUEST_SENT");
  const users = [chair.inputUser(FIRST)];
  const channel = chair.inputChannel(BOARD);
  chair.ask("channels.inviteToChannel", { _: "channels.inviteToChannel", channel, users });
  const peer = chair.peer(BOARD);
  const waiting = chair.ask("messages.getChatInviteImporters", {
    ...{ _: "messages.getChatInviteImporters", peer, requested: true, offset_date: 0, limit: 10 },
    offset_user: { _: "inputUserEmpty" },
  });
  expect(waiting.importers).toMatchObject([{ user_id: BigInt(SECOND) }]);
  chair.ask("messages.hideAllChatJoinRequests", { _: "messages.hideAllChatJoinRequests", peer, approved: true });
  expect([...world.chat(BOARD).members()].map(({ userId }) => userId)).toEqual([CHAIR, FIRST, SECOND]);
});
