import { z } from "zod";
import { READS } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined } from "../../mcp/defined.js";
import { group } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { isoTime, nameText } from "../../mcp/words.js";

export const getGroupCreationDate = tool({
  name: "tg_get_group_creation_date",
  title: "When a chat began",
  description: "The time of a chat's first message; left out where it has none. One request.",
  input: z.strictObject({ group }),
  output: z.object({ group: nameText(), creation_date: isoTime().optional() }),
  annotations: READS,
  async run({ client }: ServerContext, { group }, { signal }) {
    const date = await (await client()).read.creationDate(group, { signal });
    return defined({ group: String(group), creation_date: date });
  },
});
