import { Command } from "commander";
import { chatsCommand } from "./export/chats.js";
import { messagesCommand } from "./export/messages.js";
import { participantsCommand } from "./export/participants.js";

/** `tg-guarded export …`: what one can read, into files. */
export const exportCommand = (): Command =>
  new Command("export")
    .description("write what this account can read to files")
    .addCommand(messagesCommand())
    .addCommand(participantsCommand())
    .addCommand(chatsCommand("dialogs", "all chats of the account"))
    .addCommand(chatsCommand("groups", "the account's groups and supergroups"));
