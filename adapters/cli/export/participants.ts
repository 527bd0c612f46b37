import { Command } from "commander";
import { LIST_FORMATS, type ChatExportReport, type ListFormat } from "tg-guarded";
import { withSharedOptions, type ListFlags } from "./options.js";
import { plainText } from "../plain-text.js";
import { inRequests, runCliExports } from "./run.js";

interface Flags extends ListFlags {
  readonly complete: boolean;
  readonly bots?: boolean;
}

/** `tg-guarded export participants`: who is in a group, supergroup or channel. */
export const participantsCommand = (): Command =>
  withSharedOptions(new Command("participants").description("the members of a group, by ascending id"), LIST_FORMATS)
    .argument("<chat>", "@name, id, -100… id or exact title")
    .option("--no-complete", "only whom Telegram lists; larger groups are not searched")
    .option("--bots", "bots, too")
    .action((chat: string, flags: Flags) =>
      runCliExports<ChatExportReport, ListFormat>({
        flags,
        unit: "participants",
        jobs: [
          {
            run: (client, options) =>
              client.export.participants(chat, {
                ...options,
                complete: flags.complete,
                includeBots: flags.bots ?? false,
              }),
            describe: ({ chat: { title, id }, count, reported, path, requests }) =>
              `${count} of ${reported} members of "${plainText(title)}" (${id}) in ${path}; ${inRequests(requests)}`,
          },
        ],
      }),
    );
