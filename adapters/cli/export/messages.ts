import { Command } from "commander";
import {
  FORMATS,
  GuardedClient,
  type FormatName,
  type ChatExportReport,
  type ExportMessagesOptions,
  type ExportProgress,
} from "tg-guarded";
import { fileNameIn } from "./file-name.js";
import {
  mediaOf,
  withMediaOptions,
  withMessageOptions,
  withSharedOptions,
  type MediaFlags,
  type SharedFlags,
} from "./options.js";
import { plainText } from "../plain-text.js";
import { inRequests, runCliExports, type CliExport } from "./run.js";
import type { Watcher } from "./watcher.js";

interface Flags extends SharedFlags<FormatName>, MediaFlags {
  readonly outDir?: string;
  readonly limit?: number;
  readonly since?: string;
  readonly until?: string;
  readonly minId?: number;
  readonly fromUser?: string;
  readonly search?: string;
  readonly topic?: number;
  readonly takeout?: boolean;
  readonly estimate?: boolean;
}

/** `tg-guarded export messages`: the messages of one chat or of several. */
export const messagesCommand = (): Command =>
  withMediaOptions(
    withMessageOptions(
      withSharedOptions(new Command("messages").description("the messages of chats, oldest first"), FORMATS),
    ),
  )
    .argument("<chat...>", "@name, id, -100… id, exact title, or me")
    .option("--out-dir <folder>", "a file for each chat in this folder; needed for several chats")
    .option("--takeout", "ask Telegram for a takeout: lower flood limits, and your devices are told")
    .option("--estimate", "only say what it would cost")
    .action(exportMessages);

async function exportMessages(chats: readonly string[], flags: Flags, command: Command): Promise<void> {
  if (flags.estimate === true) {
    await printEstimates(chats, flags);
    return;
  }
  if ((flags.out === undefined) === (flags.outDir === undefined) || (chats.length > 1 && flags.outDir === undefined)) {
    command.error("error: name one --out <file> for one chat, or an --out-dir <folder> for any number of them");
  }
  await runCliExports({ flags, unit: "messages", jobs: chats.map((chat) => jobFor(chat, flags)) });
}

const jobFor = (chat: string, flags: Flags): CliExport<ChatExportReport, FormatName> => ({
  run: async (client, options, watcher) => {
    const to = flags.outDir === undefined ? options.to : await fileNameIn(client, chat, flags.outDir, flags.format);
    let told = false;
    return client.export.messages(chat, {
      ...options,
      ...choiceOf(flags),
      to,
      onProgress: (progress) => {
        if (!told) tellCost(client, progress, watcher);
        told = true;
        watcher.progress(progress);
      },
    });
  },
  describe: ({ chat: { title, id }, count, added, path, requests }) =>
    `${count} messages of "${plainText(title)}" (${id}) in ${path}${added === count ? "" : `, ${added} of them new`}; ${inRequests(requests)}`,
});

function choiceOf(flags: Flags): Partial<ExportMessagesOptions> {
  const { limit, since, until, minId, fromUser, search, topic, takeout } = flags;
  return Object.fromEntries(
    Object.entries({ limit, since, until, minId, fromUser, search, topic, takeout, media: mediaOf(flags) }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** Longer than this, people want to know before they wait. */
const LONG_MINUTES = 1;

function tellCost(client: GuardedClient, { done, total }: ExportProgress, watcher: Watcher): void {
  const { requests, minutes, shareOfDay } = client.export.costOf(total - done);
  if (minutes < LONG_MINUTES) return;
  watcher.say(
    `About ${requests} requests are left: ${inMinutes(minutes)}, ${inPercent(shareOfDay)} of a day's budget.`,
  );
}

async function printEstimates(chats: readonly string[], { limit, json }: Flags): Promise<void> {
  await using client = await GuardedClient.fromEnv();
  for (const chat of chats) {
    const estimate = await client.export.estimate(chat, limit === undefined ? {} : { limit });
    const { count, requests, minutes, shareOfDay } = estimate;
    const line = `${chat}: at most ${count} messages in ${requests} requests: ${inMinutes(minutes)}, ${inPercent(shareOfDay)} of a day's budget`;
    process.stdout.write(`${json === true ? JSON.stringify({ chat, ...estimate }) : line}\n`);
  }
}

const inMinutes = (minutes: number): string =>
  minutes < 1 ? `${Math.ceil(minutes * 60)} s` : `${Math.ceil(minutes)} minutes`;
const inPercent = (share: number): string => `${(share * 100).toFixed(share < 0.01 ? 3 : 1)} %`;
