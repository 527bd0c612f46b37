import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts a sandbox in a process of its own. */
export async function startServer(world) {
  const path = fileURLToPath(new URL("sandbox-server.mjs", import.meta.url));
  const child = fork(path, [JSON.stringify(world)]);
  const [{ info }] = await once(child, "message");
  return {
    info,
    /** What it has cost so far: seconds of CPU, and megabytes that are resident now. */
    async cost() {
      child.send("cost");
      const [cost] = await once(child, "message");
      return cost;
    },
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

/** The supergroup @generated, as requests name it. */
export async function generatedPeer(client) {
  const { value } = await client.request({ _: "contacts.resolveUsername", username: "generated" });
  const [{ id: channel_id, access_hash }] = value.chats;
  return { channel_id, access_hash };
}

export const history = (peer, offset_id) => ({
  _: "messages.getHistory",
  peer: { _: "inputPeerChannel", ...peer },
  ...{ offset_id, offset_date: 0, add_offset: 0, limit: 100, max_id: 0, min_id: 0, hash: 0n },
});
