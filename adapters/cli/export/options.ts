import { InvalidArgumentError, Option, type Command } from "commander";
import { FILE_TYPES, type FileType, type ListFormat, type MediaChoice } from "tg-guarded";
import { number } from "../number.js";

/** What every export of the command line takes. */
export interface SharedFlags<F extends string = string> {
  readonly out?: string;
  readonly format?: F;
  readonly resume: boolean;
  readonly defuseFormulas?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export type ListFlags = SharedFlags<ListFormat>;

/** Adds them to a command. */
export function withSharedOptions(command: Command, formats: readonly string[]): Command {
  return command
    .option("--out <file>", "the file to write, or - for stdout")
    .addOption(new Option("--format <name>", "by the file's extension unless given").choices(formats))
    .option("--no-resume", "begin anew instead of going on with what an earlier run left")
    .option("--defuse-formulas", "in CSV: put a ' before what a spreadsheet would take for a formula")
    .option("--quiet", "no progress, only the result and errors")
    .option("--json", "the report as JSON on stdout, progress as JSON lines on stderr");
}

/** Adds what chooses among messages. */
export function withMessageOptions(command: Command): Command {
  return command
    .option("--limit <number>", "only the newest so many", number(1))
    .option("--since <time>", "only from this ISO date or time on (UTC unless it says otherwise)")
    .option("--until <time>", "only before this ISO date or time")
    .option("--min-id <id>", "only messages with a higher id", number(0))
    .option("--from-user <user>", "only messages of this @name or id")
    .option("--search <words>", "only messages with these words")
    .option("--topic <id>", "only messages of this forum topic", number(1));
}

/** What chooses among the files of messages. */
export interface MediaFlags {
  readonly media?: boolean;
  readonly mediaTypes?: readonly FileType[];
  readonly mediaMaxMb?: number;
}

/** Adds it to a command. */
export function withMediaOptions(command: Command): Command {
  return command
    .option("--media", "save the files, too, in a folder beside the export")
    .option("--media-types <list>", `only these, separated by commas: ${FILE_TYPES.join(", ")}`, fileTypes)
    .option("--media-max-mb <number>", "only files of at most so many megabytes", number(0));
}

const fileTypes = (text: string): readonly FileType[] =>
  text.split(",").map((word) => {
    const found = FILE_TYPES.find((type) => type === word.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`"${word}" is none of ${FILE_TYPES.join(", ")}.`);
  });

const BYTES_IN_MB = 1024 * 1024;

/** `undefined` when no files are to be saved. */
export function mediaOf({ media, mediaTypes, mediaMaxMb }: MediaFlags): MediaChoice | undefined {
  if (media !== true && mediaTypes === undefined && mediaMaxMb === undefined) return undefined;
  return {
    ...(mediaTypes === undefined ? {} : { types: mediaTypes }),
    ...(mediaMaxMb === undefined ? {} : { maxBytes: mediaMaxMb * BYTES_IN_MB }),
  };
}
