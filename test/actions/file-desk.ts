import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { approvers, type ActionsOptions } from "tg-guarded";
import { startSandbox, type Sandbox, type WorldMessage } from "tg-guarded/testing";
import { worldBytes } from "../files/world-bytes.js";
import { freshStore, gated, LAB, PERSON, type Desk } from "./gated.js";

export const GATE = { confirm: true };
const PART = 512 * 1024;

export interface FileDesk extends Desk, AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Writes a file into the first of the allowed folders. */
  put(name: string, bytes: Uint8Array | string): Promise<string>;
  /** What has arrived since the desk was opened, oldest first. */
  arrived(chat?: string): WorldMessage[];
}

/** A client whose every action is approved, on a sandbox of its own, with the folder that files are sent from. */
export async function fileDesk(
  actions: ActionsOptions = {},
  shared: Omit<Desk, "client"> = freshStore(),
): Promise<FileDesk> {
  const sandbox = await startSandbox();
  const desk = await gated(sandbox, { approver: approvers.callback(() => true), ...actions }, shared);
  const folder = join(sandbox.clientOptions().dataDir, "downloads");
  await mkdir(folder, { recursive: true });
  const before = new Map([LAB, PERSON].map((chat) => [chat, sandbox.world.chat(chat).count]));
  return {
    ...desk,
    sandbox,
    folder,
    async put(name, bytes) {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    },
    arrived: (chat = LAB) => [...sandbox.world.chat(chat).messages()].slice(before.get(chat)),
    async [Symbol.asyncDispose]() {
      await desk.client.close();
      await sandbox.close();
    },
  };
}

/** Bytes of so many parts and a bit, no two parts the same. */
export function bytesOf(parts: number, extra = 7): Buffer {
  const bytes = Buffer.alloc(parts * PART + extra);
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
  return bytes;
}

export const contentOf = (message: WorldMessage | undefined): Buffer => worldBytes(message?.media) ?? Buffer.alloc(0);

/** How often each method came in while something was done. */
export async function methodsOf({ sandbox }: FileDesk, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = sandbox.log.length;
  await work();
  const counts: Record<string, number> = {};
  for (const { method } of sandbox.log.slice(before)) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}

/** Does something as soon as the nth request of a method has come in. */
export function atRequest({ sandbox }: FileDesk, method: string, nth: number, act: () => void): void {
  let seen = 0;
  sandbox.onRequest((request) => {
    if (request.method === method && ++seen === nth) act();
  });
}
