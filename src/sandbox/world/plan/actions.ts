import type * as Tl from "../../tl/types.js";
import type { World } from "../world.js";
import { personOf } from "./people.js";
import type { MessagePlan } from "./schema.js";

/** What a service message says. Of itself it changes nothing about the chat. */
export function actionOf(
  world: World,
  plan: NonNullable<MessagePlan["service"]>,
  writer: number,
): Tl.TypeMessageAction {
  const id = (who: number | string): bigint => BigInt(personOf(world, who));
  if ("newTitle" in plan) return { _: "messageActionChatEditTitle", title: plan.newTitle };
  if ("added" in plan) return { _: "messageActionChatAddUser", users: plan.added.map(id) };
  if ("removed" in plan) return { _: "messageActionChatDeleteUser", user_id: id(plan.removed) };
  if ("joinedByLink" in plan) return { _: "messageActionChatJoinedByLink", inviter_id: BigInt(writer) };
  if ("newPhoto" in plan) return { _: "messageActionChatEditPhoto", photo: { _: "photoEmpty", id: 0n } };
  return { _: "messageActionPinMessage" };
}
