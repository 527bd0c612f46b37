import { systemClock } from "../clock.js";
import { faultOf, type Finding, type Topic } from "./finding.js";

/** What is looked at may hang: a disk, a key ring that waits for its owner, a server that does not answer. */
class TooSlow extends Error {
  override readonly name = "TooSlow";

  constructor(ms: number) {
    super(`No answer within ${ms / 1000} s.`);
  }
}

/** Waits for so long. What comes later goes to `late`, which closes it. */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  late: (value: T) => unknown = () => undefined,
): Promise<T> {
  let isOver = false;
  let cancel: () => void = () => undefined;
  const timer = new Promise<never>((_resolve, reject) => {
    cancel = systemClock.after(ms, () => {
      isOver = true;
      reject(new TooSlow(ms));
    });
  });
  work.then(
    (value) => {
      if (isOver) late(value);
    },
    () => undefined,
  );
  try {
    return await Promise.race([work, timer]);
  } finally {
    cancel();
  }
}

/** Looks at one topic. Whatever goes wrong is a finding, too. */
export async function look(
  topic: Topic,
  ms: number,
  work: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await within(ms, (async () => work())());
  } catch (error) {
    return [faultOf(topic, error)];
  }
}
