import { Command } from "commander";

/** `tg-guarded demo`: the whole of it in under a minute, without an account. */
export const demoCommand = (): Command =>
  new Command("demo")
    .description("see it work against a local Telegram server: no account, no network, under a minute")
    .action(async () => (await import("./demo/run.js")).runDemo());
