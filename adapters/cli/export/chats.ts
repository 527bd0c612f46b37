import { Command } from "commander";
import { LIST_FORMATS } from "tg-guarded";
import { withSharedOptions, type ListFlags } from "./options.js";
import { inRequests, runCliExports } from "./run.js";

/** `tg-guarded export dialogs` and `tg-guarded export groups`. */
export const chatsCommand = (what: "dialogs" | "groups", description: string): Command =>
  withSharedOptions(new Command(what).description(`${description}, by ascending id`), LIST_FORMATS).action(
    (flags: ListFlags) =>
      runCliExports({
        flags,
        unit: "chats",
        jobs: [
          {
            run: (client, options) => client.export[what](options),
            describe: ({ count, path, requests }) => `${count} chats in ${path}; ${inRequests(requests)}`,
          },
        ],
      }),
  );
