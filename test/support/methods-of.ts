import type { Sandbox } from "tg-guarded/testing";

/** The methods that arrived at the sandbox while this was done. */
export async function methodsOf({ log }: Sandbox, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = log.length;
  await work();
  return log.slice(before).map(({ method }) => method);
}
