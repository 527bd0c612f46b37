import type { Listing, Participant } from "tg-guarded";
import { z } from "zod";
import { collect } from "./collect.js";
import { defined } from "./defined.js";
import { presentUserSchema, showPresentUser } from "./people.js";
import type { ToolCall } from "./tool.js";

/** What both tools answer that list the members of a chat. */
export const participantList = z.object({
  count: z.int(),
  participants: z.array(
    presentUserSchema.extend({ role: z.enum(["creator", "admin", "restricted", "banned", "left"]).optional() }),
  ),
  next_cursor: z.string().regex(/^\d+$/).optional().describe("There may be more: call again with it as cursor."),
});

/** As many members as were asked for and have room. */
export async function listParticipants(
  listing: Listing<Participant>,
  limit: number,
  call: ToolCall,
): Promise<z.input<typeof participantList>> {
  const { items, nextCursor } = await collect(listing, limit, call, showParticipant);
  return defined({ count: items.length, participants: [...items], next_cursor: nextCursor });
}

/** Most are no more than members: that need not be said. */
const showParticipant = (participant: Participant) =>
  defined({
    ...showPresentUser(participant),
    role: participant.role === "member" ? undefined : participant.role,
  });
