import { describe, expect, it } from "vitest";
import { opened } from "./export-desk.js";

const LAB = "@tidewater_lab";

describe("A takeout", () => {
  it("carries every request of the export, and is finished", async () => {
    await using house = await opened();
    const { client, folder, sandbox } = house;
    const { takeout } = await client.export.messages(LAB, { to: folder.file("lab.jsonl"), takeout: true });
    expect(takeout).toEqual({ used: true });
    const history = sandbox.log.filter(({ method }) => method === "messages.getHistory");
    expect(history.every(({ wrappers }) => wrappers.includes("invokeWithTakeout"))).toBe(true);
    expect(sandbox.log.map(({ method }) => method)).toContain("account.finishTakeoutSession");
  });

  it("is finished, too, when its export is stopped", async () => {
    await using house = await opened();
    const { client, folder, sandbox } = house;
    const stop = new AbortController();
    const onProgress = (): void => {
      stop.abort(new Error("enough"));
    };
    const to = folder.file("lab.jsonl");
    const run = client.export.messages(LAB, { to, takeout: true, signal: stop.signal, onProgress });
    await expect(run).rejects.toThrow("enough");
    const finishing = sandbox.log.filter(({ method }) => method === "account.finishTakeoutSession");
    expect(finishing.map(({ outcome }) => outcome)).toEqual(["ok"]);
  });

  it("that Telegram puts off or refuses is done without, and said", async () => {
    await using house = await opened({});
    const { client, folder, sandbox } = house;
    for (const error of ["ACCESS_DENIED", "TAKEOUT_INIT_DELAY_86400"]) {
      sandbox.faults.set([{ method: "account.initTakeoutSession", nth: 1, error }]);
      const to = folder.file(`${error}.jsonl`);
      const { takeout, count } = await client.export.messages(LAB, { to, takeout: true, limit: 5 });
      expect([count, takeout]).toEqual([5, { used: false, refused: error }]);
      expect((await client.health()).status).not.toBe("limited");
    }
  });
});
