import { printTable, whole } from "./report.mjs";
import { builtSandbox } from "./sandbox-build.mjs";
import { generatedPeer, history, startServer } from "./sandbox-process.mjs";

const MESSAGES = 1_000_000;
const MEMBERS = 100_000;

/** A million messages and 100,000 members, before and after all of them were read. */
export async function benchMemory() {
  const { RawClient } = await builtSandbox("client");
  const server = await startServer({ generated: { messages: MESSAGES, participants: MEMBERS } });
  const client = await RawClient.loggedIn(server.info);
  const atFirst = await server.cost();
  const peer = await generatedPeer(client);
  let most = 0;
  for (let last = MESSAGES + 1; last > 1; last -= 100) {
    client.send(history(peer, last));
    await client.payload();
    if (last % 50_000 === 1) most = Math.max(most, (await server.cost()).residentMb);
  }
  const filter = { _: "channelParticipantsRecent" };
  const channel = { _: "inputChannel", ...peer };
  for (let offset = 0; offset < MEMBERS; offset += 200) {
    client.send({ _: "channels.getParticipants", channel, filter, offset, limit: 200, hash: 0n });
    await client.payload();
  }
  const { residentMb, cpuSeconds } = await server.cost();
  client.close();
  await server.stop();
  printTable(
    `The sandbox: a world of ${whole(MESSAGES)} messages and ${whole(MEMBERS)} members`,
    ["", "resident MB"],
    [
      ["at first", atFirst.residentMb.toFixed(0)],
      ["at most, while all messages are read", most.toFixed(0)],
      ["when all messages and members were read", residentMb.toFixed(0)],
      ["seconds of CPU for it", (cpuSeconds - atFirst.cpuSeconds).toFixed(0)],
    ],
  );
}
