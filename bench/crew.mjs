import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("store-worker.mjs", import.meta.url));

/** Processes that ask one store at the same time. They stay up between measurements. */
export async function crew(contestant, place, size) {
  const workers = Array.from({ length: size }, () => fork(WORKER, [contestant, place]));
  await Promise.all(workers.map(next));
  return {
    /** Answers a second, of all together. */
    async perSecond(order) {
      const rates = workers.map(next);
      for (const worker of workers) worker.send(order);
      return (await Promise.all(rates)).reduce((sum, rate) => sum + rate);
    },
    async end() {
      const gone = workers.map((worker) => once(worker, "exit"));
      for (const worker of workers) worker.send("end");
      await Promise.all(gone);
    },
  };
}

/** The next message of a worker. */
async function next(worker) {
  const heard = new AbortController();
  const { signal } = heard;
  const lost = once(worker, "exit", { signal }).then(([code]) => {
    throw new Error(`A worker ended with ${code}.`);
  });
  try {
    const [message] = await Promise.race([once(worker, "message", { signal }), lost]);
    return message;
  } finally {
    lost.catch(() => undefined);
    heard.abort();
  }
}
