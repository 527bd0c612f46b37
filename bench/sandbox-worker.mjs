// A sandbox in a process of its own, so that it has a core of its own.
import { built } from "./build.mjs";

const { startSandbox } = await built("testing");
const sandbox = await startSandbox({ world: { generated: { messages: Number(process.argv[2]), participants: 100 } } });
process.send({ info: sandbox.info, options: sandbox.clientOptions() });
process.on("disconnect", () => sandbox.close());
