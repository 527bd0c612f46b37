import type { Sandbox } from "tg-guarded/testing";
import { act, batch, type Order } from "./order.js";
import { MIRA, isIn, one, saying, state } from "./world-facts.js";

const LAB = "@tidewater_lab";
const COUNCIL = "@harbour_council";

/** What an order lacks that nobody approved. */
type Lack = "wrong code" | "no code" | "code of another" | "rejected" | "undecided";

export interface RefusedOrder extends Order {
  readonly lack: Lack;
}

/** Orders that nobody approved: they are tried as often as the others, and must never be in the world. */
export function refused(sandbox: Sandbox): readonly RefusedOrder[] {
  const never = (lack: Lack): RefusedOrder => {
    const text = `never: ${lack}`;
    const mode = lack === "rejected" || lack === "undecided" ? "operator" : "code";
    const truth = () => one(saying(sandbox, LAB, text));
    return { ...act(text, "sendMessage", { chat: LAB, text }, { mode, truth }), lack };
  };
  const kept = sandbox.world.post(LAB, { from: MIRA, text: "never deleted" });
  const isKept = () => sandbox.world.chat(LAB).byId(kept) !== undefined;
  const staysIn = { truth: () => state(!isIn(sandbox, COUNCIL, MIRA)) };
  return [
    ...(["wrong code", "no code", "code of another", "rejected", "undecided"] as const).map(never),
    {
      ...act("never deleted", "deleteMessages", { chat: LAB, messageIds: [kept] }, { truth: () => state(!isKept()) }),
      lack: "code of another",
    },
    { ...batch("never left", "leaveDialog", { chats: [COUNCIL] }, staysIn), lack: "wrong code" },
  ];
}
