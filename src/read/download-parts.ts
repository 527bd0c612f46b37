import type { Api } from "telegram";
import { GuardError, isGuardError } from "../errors.js";
import type { InvokeOptions, Telegram } from "../telegram/telegram.js";
import type { RemoteFile } from "./download-file.js";

/** Telegram gives at most 1 MiB at once, in whole parts of it (core.telegram.org/api/files#downloading-files). */
export const PART_BYTES = 512 * 1024;

/** So that the way to Telegram and back is not waited for with each part. */
const IN_FLIGHT = 3;

/** For one part: a new reference is good for hours, so a server that takes none of them will take no other. */
const MAX_RENEWALS = 2;

/** What is downloaded. */
export interface Source {
  readonly telegram: Telegram;
  readonly file: RemoteFile;
  /** Finds the same file again, with a new reference. */
  readonly renew: () => Promise<RemoteFile>;
  readonly signal?: AbortSignal | undefined;
}

/** The bytes of a file from a part's beginning on, in order. */
export async function* partsOf(source: Source, from: number): AsyncGenerator<Uint8Array> {
  const { signal, file } = source;
  const stop = new AbortController();
  const call = {
    lane: "bulk",
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
  } as const;
  const reader = new PartReader(source, call);
  const asked: Promise<Uint8Array>[] = [];
  let next = from;
  try {
    for (let at = from; at < file.sizeBytes; at += PART_BYTES) {
      for (; asked.length < IN_FLIGHT && next < file.sizeBytes; next += PART_BYTES) asked.push(reader.ask(next));
      const part = await asked.shift();
      // What came with the parts before it would be handed out although nobody wants it any more.
      call.signal.throwIfAborted();
      if (part !== undefined) yield part;
    }
  } finally {
    stop.abort();
  }
}

class PartReader {
  readonly #source: Source;
  readonly #call: InvokeOptions;
  #file: RemoteFile;
  #renewal: Promise<void> | undefined;

  constructor(source: Source, call: InvokeOptions) {
    this.#source = source;
    this.#call = call;
    this.#file = source.file;
  }

  /** Whoever stops before this part is reached hears nothing of its failure. */
  ask(offset: number): Promise<Uint8Array> {
    const part = this.#read(offset);
    part.catch(() => undefined);
    return part;
  }

  async #read(offset: number): Promise<Uint8Array> {
    for (let renewals = 0; ; renewals++) {
      const file = this.#file;
      try {
        return await this.#readWith(file, offset);
      } catch (error) {
        if (!isOutdated(error) || renewals === MAX_RENEWALS) throw explained(error);
        await this.#renewAfter(file);
      }
    }
  }

  async #readWith({ location, sizeBytes }: RemoteFile, offset: number): Promise<Uint8Array> {
    const { api, long } = this.#source.telegram;
    const request = new api.upload.GetFile({ location, offset: long(offset), limit: PART_BYTES });
    const bytes = bytesIn(await this.#source.telegram.invoke(request, this.#call));
    if (bytes.length !== Math.min(PART_BYTES, sizeBytes - offset)) throw incomplete(offset + bytes.length, sizeBytes);
    return bytes;
  }

  /** Parts that are under way together find their reference outdated together: one of them asks. */
  async #renewAfter(used: RemoteFile): Promise<void> {
    if (this.#file !== used) return;
    this.#renewal ??= this.#renew();
    await this.#renewal;
  }

  async #renew(): Promise<void> {
    try {
      this.#file = await this.#source.renew();
    } finally {
      this.#renewal = undefined;
    }
  }
}

/** core.telegram.org/api/file_reference */
const isOutdated = (error: unknown): boolean =>
  isGuardError(error, "telegram_error") && error.details.name.startsWith("FILE_REFERENCE_");

/** Telegram sends to its content network only clients that say they know how to use it. */
function bytesIn(answer: Api.upload.TypeFile): Uint8Array {
  return answer.className === "upload.File" ? answer.bytes : Buffer.alloc(0);
}

function explained(error: unknown): unknown {
  const dc = isGuardError(error, "telegram_error") ? /^FILE_MIGRATE_(\d+)$/.exec(error.details.name)?.[1] : undefined;
  if (dc === undefined || !isGuardError(error, "telegram_error")) return error;
  return new GuardError(
    "telegram_error",
    `The file lies in Telegram's data centre ${dc}, where this client does not go.`,
    {
      details: error.details,
      nextStep: `Save the file with Telegram's own app, or use an account whose home is data centre ${dc}.`,
      cause: error,
    },
  );
}

const incomplete = (found: number, sizeBytes: number): GuardError<"media_unavailable"> =>
  new GuardError("media_unavailable", `Telegram gave ${found} of the file's ${sizeBytes} bytes.`, {
    details: { reason: "incomplete" },
    nextStep: "Call again later: it goes on where it was.",
  });
