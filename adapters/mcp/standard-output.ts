import { Writable } from "node:stream";

/*
 * All that a server's program loads at first: from then on standard output is the protocol's alone, and whatever else prints
 * there, a dependency while it loads too, prints to standard error.
 */
const { stdout, stderr } = process;
const write = stdout.write.bind(stdout);
stdout.write = stderr.write.bind(stderr);

/** What it is, and its tools. */
const FIRST_ANSWERS = 2;
let answers = 0;
let tell = (): void => undefined;

/** Ends once the host has what it asks for at its start: what is not urgent is done then. */
export const settled = new Promise<void>((resolve) => (tell = resolve));

/** Standard output for the protocol. Fails when nobody reads it any more. */
export const protocolOutput = new Writable({
  decodeStrings: false,
  write: (chunk: string | Uint8Array, _encoding, done) => {
    write(chunk, done);
    answers += 1;
    if (answers === FIRST_ANSWERS) setImmediate(tell);
  },
});
stdout.on("error", (error: Error) => protocolOutput.destroy(error));

/** For what the person who started the program asked, in place of the protocol. */
export const print = (text: string): boolean => write(text);

/** Runs a program that loads everything else only now. */
export function whenOutputIsTaken(program: () => Promise<void>): void {
  program().catch(stop);
}

/** Nothing can go on after an error that nobody foresaw. */
export function stop(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
