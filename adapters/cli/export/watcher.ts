import type { ExportProgress, GuardEvents } from "tg-guarded";
import { progressOn } from "../progress.js";

/** What is told while an export runs. */
export interface Watcher {
  progress(progress: ExportProgress): void;
  wait(wait: GuardEvents["wait"]): void;
  say(text: string): void;
  end(): void;
}

const seconds = (ms: number): number => Math.ceil(ms / 1000);

const NOBODY: Watcher = {
  progress: () => undefined,
  wait: () => undefined,
  say: () => undefined,
  end: () => undefined,
};

const inJson = (stream: NodeJS.WritableStream): Watcher => {
  const tell = (event: object): void => {
    stream.write(`${JSON.stringify(event)}\n`);
  };
  return {
    progress: ({ done, total }) => {
      tell({ event: "progress", done, total });
    },
    wait: ({ method, reason, waitMs, text }) => {
      tell({ event: "wait", method, reason, waitMs, text });
    },
    say: (text) => {
      tell({ event: "note", text });
    },
    end: () => undefined,
  };
};

function inWords(stream: NodeJS.WriteStream, unit: string): Watcher {
  const shown = progressOn(stream, unit);
  return {
    progress: ({ done, total }) => {
      shown.update(done, total);
    },
    wait: ({ text, waitMs }) => {
      shown.say(`${text} (${seconds(waitMs)} s)`);
    },
    say: (text) => {
      shown.say(text);
    },
    end: () => {
      shown.end();
    },
  };
}

/** Everything goes to stderr: stdout is for the result. */
export function watcherFor({ quiet, json }: { quiet?: boolean; json?: boolean }, unit: string): Watcher {
  if (quiet === true) return NOBODY;
  return json === true ? inJson(process.stderr) : inWords(process.stderr, unit);
}
