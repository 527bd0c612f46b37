import { Presets, SingleBar } from "cli-progress";
import { paceOf, type Pace } from "./pace.js";

/** Shows how far a long work is: a bar on a terminal, plain lines elsewhere. Everything goes to stderr. */
export interface Progress {
  update(done: number, total: number): void;
  /** A line of its own, such as why the work waits. */
  say(text: string): void;
  end(): void;
}

export const progressOn = (stream: NodeJS.WriteStream, unit: string): Progress =>
  stream.isTTY ? barOn(stream, unit) : linesOn(stream, unit);

function barOn(stream: NodeJS.WriteStream, unit: string): Progress {
  const format = `{bar} {percentage}% | {value}/{total} ${unit} | {note}`;
  const bar = new SingleBar({ format, stream, clearOnComplete: false, hideCursor: true }, Presets.shades_classic);
  const pace = paceOf();
  let started = false;
  return {
    update(done, total) {
      const note = inWords(pace(done, total));
      if (!started) bar.start(total, done, { note });
      started = true;
      bar.setTotal(total);
      bar.update(done, { note });
    },
    say(text) {
      if (started) bar.update({ note: text });
      else stream.write(`${text}\n`);
    },
    end() {
      if (started) bar.stop();
    },
  };
}

/** Not more often than this, in milliseconds: a log is read, not watched. */
const LINE_EVERY_MS = 2000;

function linesOn(stream: NodeJS.WriteStream, unit: string): Progress {
  const pace = paceOf();
  let last = 0;
  return {
    update(done, total) {
      const now = inWords(pace(done, total));
      if (done < total && Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      stream.write(`${done} of ${total} ${unit}${now === "" ? "" : `, ${now}`}\n`);
    },
    say(text) {
      stream.write(`${text}\n`);
    },
    end: () => undefined,
  };
}

/** Nothing can be told before there is something to compare with. */
function inWords(pace: Pace | undefined): string {
  if (pace === undefined) return "";
  const rate = `${Math.round(pace.perSecond)} a second`;
  return pace.leftMs === 0 ? rate : `${rate}, about ${duration(pace.leftMs)} left`;
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
