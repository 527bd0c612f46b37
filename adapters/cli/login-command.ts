import { Command, Option } from "commander";
import { login, logout } from "./login/run.js";

/** `tg-guarded login`: how a user gets in, once. */
export const loginCommand = (): Command =>
  new Command("login")
    .description("log in to an account, and keep its session")
    .option("--name <name>", "what the session is called (default: SESSION_NAME, or the account's @name)")
    .option("--replace", "also in place of a session of that name")
    .option("--qr", "by a picture that Telegram on a phone scans: Settings, Devices, Link Desktop Device")
    .option("--phone <number>", "the phone number, with its country code")
    .addOption(
      new Option("--code-command <command>", "a command that prints the code, without a shell").conflicts("codeFd"),
    )
    .option("--code-fd <number>", "a file descriptor to read the code from")
    .addOption(
      new Option("--password-command <command>", "a command that prints the password, without a shell").conflicts(
        "passwordFd",
      ),
    )
    .option("--password-fd <number>", "a file descriptor to read the password from")
    .action(login);

/** `tg-guarded logout`: ends a session, here and at Telegram. */
export const logoutCommand = (): Command =>
  new Command("logout")
    .description("end a session at Telegram and delete its file")
    .argument("[name]", "the session (default: SESSION_NAME, or the one in use)")
    .option("--local", "delete the file alone; at Telegram the session stays, and can be ended on another device")
    .action(logout);
