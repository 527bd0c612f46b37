// A sandbox in a process of its own, which tells what it has cost so far.
import { builtSandbox } from "./sandbox-build.mjs";

const { startSandbox } = await builtSandbox("testing");
const sandbox = await startSandbox({ world: JSON.parse(process.argv[2]) });
process.send({ info: sandbox.info });
process.on("message", () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ cpuSeconds: (user + system) / 1e6, residentMb: process.memoryUsage.rss() / 2 ** 20 });
});
process.on("disconnect", () => sandbox.close());
