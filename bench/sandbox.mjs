import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts a sandbox with a generated world; `options` open a guarded client of it. */
export async function startSandboxProcess(messages) {
  const path = fileURLToPath(new URL("sandbox-worker.mjs", import.meta.url));
  const child = fork(path, [String(messages)]);
  const [{ info, options }] = await once(child, "message");
  return {
    info,
    options,
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
