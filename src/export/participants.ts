import { findChat } from "../read/find.js";
import { z } from "zod";
import { parseInput } from "../input.js";
import type { Metrics } from "../metrics.js";
import type { Participant } from "../models/participant.js";
import { wrongKind } from "../read/address.js";
import type { ChatRef } from "../telegram/chat-ref.js";
import type { Telegram } from "../telegram/telegram.js";
import { VERSION } from "../version.js";
import { jsonl } from "./formats/json.js";
import { LIST_FORMATS, listText, type ListFormat } from "./formats/lists.js";
import { PARTICIPANT_COLUMNS } from "./members/columns.js";
import { gatherMembers } from "./members/gather.js";
import { exportOptionsSchema, type ExportOptions } from "./options.js";
import { runTo } from "./run-to.js";
import type { ChatExportReport } from "./shapes.js";
import { formatOf } from "./formats/choose.js";

/** What `client.export.participants` takes. */
export interface ExportParticipantsOptions extends Omit<ExportOptions, "format"> {
  readonly format?: ListFormat;
  /**
   * Telegram lists at the most 10,000 members, and 200 for a search. Of larger groups the others are searched for by the
   * beginnings of names, and by who wrote; that takes many requests.
   *
   * @defaultValue true
   */
  readonly complete?: boolean;
  /** @defaultValue false */
  readonly includeBots?: boolean;
}

const schema = z.strictObject({
  ...exportOptionsSchema,
  format: z.enum(LIST_FORMATS).exactOptional(),
  complete: z.boolean().default(true),
  includeBots: z.boolean().default(false),
});

/** Members in one answer. */
const PAGE = 200;

export async function exportParticipants(
  telegram: Telegram,
  metrics: Metrics,
  chat: ChatRef,
  options: ExportParticipantsOptions,
): Promise<ChatExportReport> {
  const parsed = parseInput(schema, options, "options");
  const { to, format: asked, resume, defuseFormulas, onProgress, signal, complete, includeBots } = parsed;
  const format = typeof to === "string" ? formatOf(to, asked, LIST_FORMATS) : (asked ?? "jsonl");
  const call = { lane: "bulk", ...(signal === undefined ? {} : { signal }) } as const;
  const peer = await findChat(telegram, chat, call);
  if (peer.kind === "user") throw wrongKind(peer, "group, supergroup or channel");
  const { id, title, kind } = peer;
  return runTo(to, {
    identity: {
      what: "participants",
      account: telegram.selfId ?? null,
      chat: id,
      format,
      complete,
      includeBots,
      defuseFormulas,
    },
    format: jsonl<Participant>(),
    arrange: (gathered) => listText(format, gathered, PARTICIPANT_COLUMNS, { defuseFormulas }),
    metrics,
    pageSize: PAGE,
    fresh: !resume,
    about: { format, chat: { id, title, kind }, asked: { complete, includeBots }, version: VERSION },
    onProgress,
    pages: async function* ({ cursor, gathered }) {
      yield* gatherMembers({ telegram, peer, call, complete, includeBots }, cursor, await gathered());
    },
  });
}
