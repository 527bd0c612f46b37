// A program that says nothing, and cannot be asked to end; nor can the one that it starts; after a minute both
// end, so that a test that fails leaves nothing behind.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

process.on("SIGTERM", () => undefined);
process.on("SIGHUP", () => undefined);
setTimeout(() => undefined, 60_000);
const deaf = "process.on('SIGTERM', () => undefined); setTimeout(() => undefined, 60_000)";
const child = spawn(process.execPath, ["-e", deaf], { stdio: "inherit" });
if (process.env.PIDS !== undefined) appendFileSync(process.env.PIDS, `${process.pid}\n${child.pid}\n`);
