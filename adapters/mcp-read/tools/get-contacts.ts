import type { Contact } from "tg-guarded";
import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined, flag } from "../../mcp/defined.js";
import { nextOffset, offset, partOf } from "../../mcp/offset.js";
import { limit, searched } from "../../mcp/parameters.js";
import { presentUserSchema, showPresentUser } from "../../mcp/people.js";
import { tool } from "../../mcp/tool.js";

const contactSchema = presentUserSchema.extend({
  is_mutual: z.literal(true).optional().describe("This account is in their address book, too."),
});

export const getContacts = tool({
  name: "tg_get_contacts",
  title: "Address book",
  description: "The people in the account's address book. One request.",
  input: z.strictObject({
    query: searched.optional().describe("Only those with this in their name or username."),
    limit: limit(100),
    offset,
  }),
  output: z.object({ count: z.int(), contacts: z.array(contactSchema), next_offset: nextOffset }),
  annotations: READS,
  async run({ client }: ServerContext, input, { signal, roomChars }) {
    const all = await (await client()).read.contacts({ signal });
    const found = input.query === undefined ? all : all.filter(isCalled(input.query));
    const { shown, ...next } = partOf(found.map(showContact), input, roomChars);
    return { count: shown.length, contacts: shown, ...next };
  },
});

const isCalled = (query: string): ((contact: Contact) => boolean) => {
  const sought = query.replace(/^@/, "").toLowerCase();
  return ({ firstName = "", lastName = "", username = "" }) =>
    [`${firstName} ${lastName}`, username].some((name) => name.toLowerCase().includes(sought));
};

const showContact = (contact: Contact): z.input<typeof contactSchema> =>
  defined({ ...showPresentUser(contact), is_mutual: flag(contact.isMutual) });
