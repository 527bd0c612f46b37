import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { approvers, GuardedClient } from "tg-guarded";
import { sqliteStore } from "tg-guarded/sqlite";
import { startSandbox } from "tg-guarded/testing";
import { tempFolder } from "../../support/temp-folder.js";
import { startWorker } from "../../support/worker-process.js";
import { approved, carriedOut, COUNCIL, FAMILY, isIn, NEIGHBOURS, settled } from "./batch-desk.js";

const CHATS = [COUNCIL, "@quiet_quay", "@night_watch", FAMILY, NEIGHBOURS, "@tide_talk_chat"];

test.each(["before", "after"] as const)(
  "A run that is killed %s an item was carried out is gone on with after its lease, with nothing done twice",
  async (when) => {
    await using folder = await tempFolder();
    await using sandbox = await startSandbox();
    const path = folder.file("state.sqlite");
    // As many as there are items: an item that cost twice would be left over.
    const limits = { mode: "off", joins: CHATS.length, pauses: { afterJoinMs: 0 } } as const;
    const options = { ...sandbox.clientOptions(), dataDir: folder.path, limits };
    await using store = { all: sqliteStore({ path }), [Symbol.asyncDispose]: () => store.all.close() };
    await using client = await GuardedClient.open({
      ...options,
      store: store.all,
      actions: { approver: approvers.callback(() => true), requireAllowlist: false, unsafeOverride: true },
    });
    const batch = await approved(await client.actions.batches.leaveDialog({ chats: CHATS }));
    const order = { options, path, batchId: batch.batchId, nth: 3, when };
    const worker = startWorker("../actions/batches/run-and-die-worker.mjs", [JSON.stringify(order)]);
    expect(await worker.ended).toEqual({ code: null, complaint: "" });
    expect(await batch.status()).toMatchObject({ counts: { success: 2, pending: 4 } });
    while ((await batch.status()).status === "running") await setImmediate();

    expect((await settled(batch)).map(({ n, status }) => [n, status])).toEqual([
      [2, "success"],
      [3, "success"],
      [4, "success"],
      [5, "success"],
    ]);
    expect(await batch.status()).toMatchObject({ status: "completed", counts: { success: 6 } });
    expect(CHATS.map((chat) => isIn(sandbox, chat, "@mira_halvorsen"))).toEqual(CHATS.map(() => false));
    expect(carriedOut(sandbox, /leaveChannel|deleteChatUser/)).toBe(CHATS.length);
  },
);
