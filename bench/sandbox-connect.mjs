import { median } from "./measure.mjs";
import { printTable, version } from "./report.mjs";
import { builtSandbox } from "./sandbox-build.mjs";
import { startServer } from "./sandbox-process.mjs";

const ROUNDS = 30;

async function timed(connect) {
  const took = [];
  for (let round = -3; round < ROUNDS; round++) {
    const began = performance.now();
    const close = await connect();
    if (round >= 0) took.push(performance.now() - began);
    await close();
  }
  return median(took);
}

/** From nothing to the first answer on a new key: TCP, handshake with a pq of 40 bits, help.getConfig. */
export async function benchConnect() {
  const { gramJsClient, initialising, rsaPad, shake } = await builtSandbox("client");
  const server = await startServer({ generated: { messages: 100, participants: 10 } });
  const byHand = await timed(async () => {
    const { client } = await shake(server.info, { inner: "p_q_inner_data_dc", pad: rsaPad });
    await client.request(initialising({ _: "help.getConfig" }));
    return () => client.close();
  });
  const { cpuSeconds: before } = await server.cost();
  const gramJs = await timed(async () => {
    const client = gramJsClient(server.info);
    await client.connect();
    return () => client.destroy();
  });
  const { cpuSeconds } = await server.cost();
  await server.stop();
  printTable(
    `The sandbox: connect, handshake and help.getConfig, medians of ${ROUNDS}`,
    ["", "ms"],
    [
      ["a client by hand, with Node's cryptography", byHand.toFixed(0)],
      [`GramJS ${version("telegram")}`, gramJs.toFixed(0)],
      ["of that the sandbox's CPU, on average", (((cpuSeconds - before) / (ROUNDS + 3)) * 1000).toFixed(1)],
    ],
  );
}
