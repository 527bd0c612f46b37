import { Command, Option } from "commander";
import * as sessions from "./sessions/run.js";

/** `tg-guarded sessions …`: the session files of this machine, and the account's other devices. */
export const sessionsCommand = (): Command =>
  new Command("sessions")
    .description("look after the session files")
    .addCommand(
      new Command("list")
        .description("show all of them")
        .option("--json", "as JSON, a line each")
        .action(sessions.list),
    )
    .addCommand(new Command("info").description("show what is known of one").argument("[name]").action(sessions.info))
    .addCommand(
      new Command("use").description("take this one where none is named").argument("<name>").action(sessions.use),
    )
    .addCommand(
      new Command("remove")
        .description("delete the file; Telegram still knows the session")
        .argument("<name>")
        .action(sessions.remove),
    )
    .addCommand(
      new Command("rename")
        .argument("<name>")
        .argument("<to>")
        .description("give it another name")
        .action(sessions.rename),
    )
    .addCommand(
      new Command("encrypt")
        .description("encrypt it, with the key ring or a passphrase")
        .argument("<name>")
        .action(sessions.encrypt),
    )
    .addCommand(
      new Command("decrypt").description("take the encryption away").argument("<name>").action(sessions.decrypt),
    )
    .addCommand(
      new Command("import")
        .description("take over a session of Telethon (a .session file) or a string session")
        .argument("<name>", "what it is called here")
        .option("--file <path>", "the file: of Telethon, or with a string session in it")
        .option("--replace", "also in place of a session of that name")
        .action(sessions.importSession),
    )
    .addCommand(
      new Command("export")
        .description("print it as a string: whoever reads that has the account")
        .argument("<name>")
        .option("--yes-give-the-account-away", "really print it")
        .addOption(
          new Option("--format <format>", "for which library").choices(["gramjs", "telethon"]).default("gramjs"),
        )
        .action(sessions.exportSession),
    )
    .addCommand(
      new Command("adopt")
        .description("confirm that it may write with the present state store")
        .argument("<name>")
        .action(sessions.adopt),
    )
    .addCommand(
      new Command("devices")
        .description("show every device that is logged in to the account")
        .option("--json", "as JSON, a line each")
        .action(sessions.devices),
    );
