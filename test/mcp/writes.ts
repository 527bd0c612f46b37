import type { Sandbox } from "tg-guarded/testing";

/** What of a sandbox's log is no reading. */
const isWrite = ({ method }: { readonly method: string }): boolean =>
  !/\.(get|search|resolve|check)|^(help|updates)\./.test(method);

/** The writes that arrive while something is done. */
export async function writesOf(
  { log }: Pick<Sandbox, "log">,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const before = log.length;
  await work();
  return writesIn(log.slice(before));
}

/** The methods that change something. */
export const writesIn = (log: Sandbox["log"]): readonly string[] => log.filter(isWrite).map(({ method }) => method);
