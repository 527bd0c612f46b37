import { plainText } from "../plain-text.js";

/** One line of a terminal that says how far a call is; elsewhere nothing. */
export interface ProgressLine {
  readonly show: (progress: {
    readonly progress: number;
    readonly total?: number | undefined;
    readonly message?: string | undefined;
  }) => void;
  readonly clear: () => void;
  /** Leaves the terminal to a question. */
  readonly pause: () => void;
  readonly resume: () => void;
}

const CLEAR = "\r\u001B[K";
const LONGEST = 78;

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let isShown = false;
  let isPaused = false;
  const clear = (): void => {
    if (isShown) stream.write(CLEAR);
    isShown = false;
  };
  return {
    clear,
    pause() {
      clear();
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    show({ progress, total, message }) {
      if (!stream.isTTY || isPaused) return;
      const figures = total === undefined ? String(progress) : `${progress} of ${total}`;
      const text = plainText(message === undefined ? figures : `${message}: ${figures}`);
      stream.write(`${CLEAR}${text.slice(0, LONGEST)}`);
      isShown = true;
    },
  };
}
