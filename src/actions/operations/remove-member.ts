import { definedOnly } from "../../defined-only.js";
import { parseInput } from "../../input.js";
import { isChannel } from "../../read/address.js";
import { describeChat } from "../describe-proposal.js";
import { NothingToDo, type Operation, type Prepared } from "../operation.js";
import { memberSchema, type ChangedMember, type MemberInput } from "./add-member.js";
import { expel } from "./expel.js";
import { resolveChat } from "./input.js";
import { assertMembership, isMember } from "./membership.js";

/** Removes somebody from a chat. */
export const removeMember: Operation<MemberInput, ChangedMember> = {
  name: "removeMember",
  async prepare({ telegram }, input, signal): Promise<Prepared<ChangedMember>> {
    const { chat: where, user: who, ...rest } = parseInput(memberSchema, input, "removeMember");
    const chat = await resolveChat(telegram, where, signal);
    const user = await resolveChat(telegram, who, signal);
    assertMembership("removeMember", chat, user);
    const changed = { chatId: chat.id, userId: user.id };
    return {
      payload: { operation: "removeMember", ...changed, ...definedOnly(rest) },
      targets: [{ ...chat, role: "from" }],
      summary: `Remove ${describeChat(user)} from ${describeChat(chat)}; he can come back`,
      warnings: [],
      cost: { quota: "join", units: 1 },
      randomIdCount: 0,
      async perform(run) {
        const held = await expel(telegram, chat, user, run, { units: 1 });
        return held instanceof NothingToDo ? held : changed;
      },
      // That he is out does not tell whether the ban was lifted.
      find: async () => (isChannel(chat) || (await isMember(telegram, chat, user)) ? undefined : changed),
      holds: async () => !(await isMember(telegram, chat, user)),
    };
  },
};
