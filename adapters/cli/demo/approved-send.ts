import type { GuardedClient } from "tg-guarded";
import type { Sandbox } from "tg-guarded/testing";
import { say } from "./paint.js";
import { CHAT } from "./chat.js";

const TEXT = "Draft of the buoy report is in the shared folder.";

/** Preview, approval, one message, although the connection breaks right after the server carried it out. */
export async function showApprovedSend(client: GuardedClient, sandbox: Sandbox): Promise<void> {
  say.step("Send a message that a person approved");
  const preview = await client.actions.sendMessage({ chat: CHAT, text: TEXT });
  say.fact(`Preview: ${preview.summary}`);
  say.aside("Nothing has been sent. Now the line will be cut after the server has the message, before it answers.");
  sandbox.faults.add({ method: "messages.sendMessage", nth: 1, drop: "after" });
  const outcome = await preview.execute();
  const attempts = sandbox.log.filter(({ method }) => method === "messages.sendMessage");
  say.fact(`The server saw: ${attempts.map(({ outcome }) => outcome).join(", then ")}`);
  const inTheChat = sandbox.world.chat(CHAT).messages();
  const copies = [...inTheChat].filter(({ text }) => text === TEXT).length;
  if (outcome.status !== "done") throw new Error(`The message was not sent: ${outcome.status}.`);
  say.good(`Sent as message ${outcome.result.messageId}; copies in the chat: ${copies}`);
}
