import { Command } from "commander";
import { initKey } from "./approvals/init.js";
import { approve, list, reject, show } from "./approvals/decide.js";
import { watch } from "./approvals/watch.js";

/** `tg-guarded approvals …`: where an operator decides what programs may send. */
export const approvalsCommand = (): Command =>
  new Command("approvals")
    .description("decide what programs with approvers.operator() may send")
    .addCommand(new Command("init").description("choose the operator's secret for this data folder").action(initKey))
    .addCommand(
      new Command("list").description("show the open questions").option("--json", "as JSON, a line each").action(list),
    )
    .addCommand(new Command("show").description("show one of them in full").argument("<action>", "its id").action(show))
    .addCommand(new Command("approve").description("read it and agree").argument("<action>", "its id").action(approve))
    .addCommand(new Command("reject").description("refuse it").argument("<action>", "its id").action(reject))
    .addCommand(new Command("watch").description("ask at this terminal as questions come, until Ctrl-C").action(watch));
