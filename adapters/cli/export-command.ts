import { Command, InvalidArgumentError } from "commander";
import { GuardedClient } from "tg-guarded";
import { progressOn } from "./progress.js";
import { stopSignal } from "./stop-signal.js";

interface Flags {
  readonly out: string;
  readonly limit?: number;
}

/** `tg-guarded export …`: what one can read, into files. */
export function exportCommand(): Command {
  return new Command("export").description("write what this account can read to a file").addCommand(messagesCommand());
}

const messagesCommand = (): Command =>
  new Command("messages")
    .description("the messages of one chat, one JSON object a line, oldest first")
    .argument("<chat>", "@name, id, -100… id, exact title, or me")
    .requiredOption("--out <file.jsonl>", "the file to write; it must not exist")
    .option("--limit <number>", "only the newest so many", positive)
    .action(exportMessages);

async function exportMessages(chat: string, { out, limit }: Flags): Promise<void> {
  const signal = stopSignal();
  await using client = await GuardedClient.fromEnv();
  const progress = progressOn(process.stderr, "messages");
  client.on("wait", ({ text, waitMs }) => {
    progress.say(`${text} (${Math.ceil(waitMs / 1000)} s)`);
  });
  try {
    const report = await client.export.messages(chat, {
      to: out,
      signal,
      ...(limit === undefined ? {} : { limit }),
      onProgress: ({ done, total }) => {
        progress.update(done, total);
      },
    });
    progress.end();
    const { messages, requests, chat: from, path } = report;
    process.stdout.write(`${messages} messages of "${from.title}" (${from.id}) in ${path}; ${requests} requests\n`);
  } finally {
    progress.end();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
