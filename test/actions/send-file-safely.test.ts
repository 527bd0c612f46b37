import { appendFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { approvers, memoryStore } from "tg-guarded";
import { manualClock } from "tg-guarded/testing";
import { atRequest, bytesOf, contentOf, fileDesk, GATE, methodsOf, type FileDesk } from "./file-desk.js";
import { gated, LAB, TEXT } from "./gated.js";
import { refusalOf, resultOf } from "./operations/desk.js";

const INPUT = { chat: LAB, path: "a.bin", caption: "Once" };
const PART = "upload.saveFilePart";
const changed = { code: "file_unavailable", applied: "no", details: { reason: "changed" } };

/** Changes a file of four parts in one way each. */
const CHANGES: readonly [how: string, change: (path: string) => void][] = [
  [
    "grows",
    (path) => {
      appendFileSync(path, "x");
    },
  ],
  [
    "shrinks",
    (path) => {
      truncateSync(path, 1_500_000);
    },
  ],
  [
    "changes behind what was read",
    (path) => {
      writeFileSync(path, Buffer.alloc(3 * 524_288 + 7));
    },
  ],
];

describe("Between preview and execution", () => {
  it.each([
    [
      "changed",
      "approval_invalid",
      (path: string) => {
        writeFileSync(path, "other");
      },
    ],
    [
      "vanished",
      "file_unavailable",
      (path: string) => {
        rmSync(path);
      },
    ],
  ])("a file that %s is not sent by the code of the preview", async (_, refusal, change) => {
    await using desk = await fileDesk({ approver: approvers.code({ minAgeMs: 0 }) });
    const path = await desk.put("a.bin", "as previewed");
    const preview = await desk.client.actions.sendFile(INPUT);
    change(path);
    expect(await refusalOf(preview.execute({ confirmationText: TEXT }))).toBe(refusal);
    expect(desk.arrived()).toEqual([]);
    await desk.put("a.bin", "as previewed");
    await resultOf(preview.execute({ confirmationText: TEXT }));
    expect(contentOf(desk.arrived()[0]).toString()).toBe("as previewed");
  });

  it.each([
    [
      "changed",
      "changed",
      (path: string) => {
        writeFileSync(path, "other bytes!");
      },
    ],
    [
      "grew",
      "changed",
      (path: string) => {
        appendFileSync(path, "x");
      },
    ],
    [
      "vanished",
      "missing",
      (path: string) => {
        rmSync(path);
      },
    ],
    [
      "became a link",
      "changed",
      (path: string) => {
        renameSync(path, `${path}.old`);
        symlinkSync(`${path}.old`, path);
      },
    ],
  ])("a file that %s after it was approved is not sent, and that is said", async (_, reason, change) => {
    let path = "";
    const approver = approvers.callback(() => {
      change(path);
      return true;
    });
    await using desk = await fileDesk({ approver });
    path = await desk.put("a.bin", "as previewed");
    const work = desk.client.actions.sendFile(INPUT, GATE);
    await expect(work).rejects.toMatchObject({ code: "file_unavailable", applied: "no", details: { reason } });
    await expect(work).rejects.toThrow("Nothing was sent");
    expect(desk.arrived()).toEqual([]);
  });
});

describe("During the upload", () => {
  it.each(CHANGES)("a file that %s is not sent", async (_, change) => {
    await using desk = await fileDesk();
    const path = await desk.put("a.bin", bytesOf(3));
    atRequest(desk, PART, 1, () => {
      change(path);
    });
    const methods = await methodsOf(desk, () =>
      expect(desk.client.actions.sendFile(INPUT, GATE)).rejects.toMatchObject(changed),
    );
    expect(methods["messages.sendMedia"]).toBeUndefined();
    expect(desk.arrived()).toEqual([]);
    await desk.put("a.bin", bytesOf(3));
    await resultOf(desk.client.actions.sendFile(INPUT, GATE));
    expect(contentOf(desk.arrived()[0]).equals(bytesOf(3))).toBe(true);
  });

  it("another file under the same name does not come between", async () => {
    await using desk = await fileDesk();
    const path = await desk.put("a.bin", bytesOf(3));
    atRequest(desk, PART, 2, () => {
      renameSync(path, `${path}.old`);
      writeFileSync(path, "another");
    });
    await resultOf(desk.client.actions.sendFile(INPUT, GATE));
    expect(contentOf(desk.arrived()[0]).equals(bytesOf(3))).toBe(true);
  });

  it("a flood, a lost answer and a stumbling server are waited out", async () => {
    await using desk = await fileDesk({}, { store: memoryStore(), clock: manualClock() });
    await desk.put("a.bin", bytesOf(5));
    desk.sandbox.faults.set([
      { method: PART, nth: 2, error: "FLOOD_WAIT_1" },
      { method: PART, nth: 4, drop: "after" },
      { method: PART, nth: 6, error: "RPC_CALL_FAIL" },
    ]);
    await resultOf(desk.client.actions.sendFile(INPUT, GATE));
    expect(desk.sandbox.faults.unfired()).toEqual([]);
    expect(desk.arrived().map((message) => contentOf(message).equals(bytesOf(5)))).toEqual([true]);
  });

  it("a connection that is gone for good has surely sent nothing", async () => {
    await using desk = await fileDesk();
    await desk.put("a.bin", bytesOf(2));
    desk.sandbox.faults.add({ method: PART, error: "RPC_CALL_FAIL" });
    await expect(desk.client.actions.sendFile(INPUT, GATE)).rejects.toMatchObject({
      code: "telegram_error",
      applied: "no",
    });
    desk.sandbox.faults.set([]);
    await resultOf(desk.client.actions.sendFile(INPUT, GATE));
    expect(desk.arrived()).toHaveLength(1);
  });
});

/** Carries it out up to the nth request of a method, and is gone. */
async function interrupted(desk: FileDesk, method: string, nth: number, drop?: "before" | "after"): Promise<void> {
  const away = new AbortController();
  if (drop !== undefined) desk.sandbox.faults.add({ method, nth, drop });
  atRequest(desk, method, nth, () => {
    away.abort(new Error("gone"));
  });
  const work = desk.client.actions.sendFile(INPUT, GATE, { signal: away.signal });
  await expect(work).rejects.toThrow("gone");
}

/** Another process on the same store. */
const successor = ({ sandbox, store, clock }: FileDesk) =>
  gated(sandbox, { approver: approvers.callback(() => true) }, { store, clock });

describe("A file whose sender is gone", () => {
  it.each([
    ["in the upload", PART, 2, undefined, 3],
    ["before the message was sent", "messages.sendMedia", 1, "before", 0],
    ["after the message was sent", "messages.sendMedia", 1, "after", 0],
  ] as const)("%s is sent once by whoever goes on", async (_, method, nth, drop, uploads) => {
    await using desk = await fileDesk();
    await desk.put("a.bin", bytesOf(2));
    await using heir = await successor(desk);
    const left = async () => (await heir.client.actions.sendMessage({ chat: LAB, text: "left?" })).quotaLeft ?? 0;
    const before = await left();
    await interrupted(desk, method, nth, drop);
    const methods = await methodsOf(desk, async () => {
      const outcome = await heir.client.actions.sendFile(INPUT, GATE);
      expect(outcome).toMatchObject({ status: "done", repeated: false, result: { messageId: desk.arrived()[0]?.id } });
    });
    expect(methods[PART] ?? 0).toBe(uploads);
    expect(desk.arrived().map((message) => contentOf(message).equals(bytesOf(2)))).toEqual([true]);
    expect(await left()).toBe(before - 1);
  });

  it.each(["FILE_PART_1_MISSING", "FILE_PARTS_INVALID"])(
    "is uploaded again once where Telegram says %s",
    async (error) => {
      await using desk = await fileDesk();
      await desk.put("a.bin", bytesOf(2));
      await interrupted(desk, "messages.sendMedia", 1, "before");
      desk.sandbox.faults.set([{ method: "messages.sendMedia", nth: 1, error }]);
      const methods = await methodsOf(desk, () => resultOf(desk.client.actions.sendFile(INPUT, GATE)));
      expect(methods).toMatchObject({ [PART]: 3, "messages.sendMedia": 2 });
      expect(desk.arrived()).toHaveLength(1);
    },
  );

  it("is not called unsent where that is not known", async () => {
    await using desk = await fileDesk();
    const path = await desk.put("a.bin", bytesOf(2));
    await interrupted(desk, "messages.sendMedia", 1, "before");
    desk.sandbox.faults.set([{ method: "messages.sendMedia", nth: 1, error: "FILE_PART_0_MISSING" }]);
    atRequest(desk, PART, 1, () => {
      appendFileSync(path, "x");
    });
    const work = desk.client.actions.sendFile(INPUT, GATE);
    await expect(work).rejects.toMatchObject({ code: "outcome_unknown", applied: "unknown" });
    await desk.put("a.bin", bytesOf(2));
    await resultOf(desk.client.actions.sendFile(INPUT, GATE));
    expect(desk.arrived().map((message) => contentOf(message).equals(bytesOf(2)))).toEqual([true]);
  });

  it("is found long after, by its size and name", async () => {
    await using desk = await fileDesk({ replayWindowMs: 60_000 });
    await desk.put("a.bin", bytesOf(2));
    const { world } = desk.sandbox;
    await interrupted(desk, "messages.sendMedia", 1, "after");
    world.post(LAB, { from: "@mira_halvorsen", text: INPUT.caption });
    await desk.clock.advance(61_000);
    const outcome = await desk.client.actions.sendFile(INPUT, GATE);
    expect(outcome).toMatchObject({ status: "done", result: { messageId: desk.arrived()[0]?.id } });
    expect(desk.arrived().filter(({ media }) => media !== undefined)).toHaveLength(1);
  });

  it("is not taken for one that was sent long ago with the same caption", async () => {
    await using desk = await fileDesk({ replayWindowMs: 60_000 });
    await desk.put("a.bin", bytesOf(2));
    await desk.put("b.bin", bytesOf(2));
    await resultOf(desk.client.actions.sendFile({ ...INPUT, path: "b.bin" }, GATE));
    await interrupted(desk, "messages.sendMedia", 1, "before");
    await desk.clock.advance(61_000);
    expect(await refusalOf(desk.client.actions.sendFile(INPUT, GATE))).toBe("outcome_unknown");
    expect(desk.arrived()).toHaveLength(1);
  });
});

it("An answer that was lost leaves one message", async () => {
  await using desk = await fileDesk();
  await desk.put("a.bin", bytesOf(1));
  desk.sandbox.faults.add({ method: "messages.sendMedia", nth: 1, drop: "after" });
  const outcome = await desk.client.actions.sendFile(INPUT, GATE);
  expect(outcome).toMatchObject({ status: "done", result: { messageId: desk.arrived()[0]?.id } });
  expect(desk.arrived()).toHaveLength(1);
});

it("What Telegram says of a file that was just uploaded is said, and not tried again", async () => {
  await using desk = await fileDesk();
  await desk.put("a.bin", bytesOf(1));
  desk.sandbox.faults.add({ method: "messages.sendMedia", error: "FILE_PART_0_MISSING" });
  const methods = await methodsOf(desk, async () => {
    expect(await refusalOf(desk.client.actions.sendFile(INPUT, GATE))).toBe("FILE_PART_0_MISSING");
  });
  expect(methods).toMatchObject({ [PART]: 2, "messages.sendMedia": 1 });
});

it("Sixteen calls at once leave one message", async () => {
  await using desk = await fileDesk();
  await desk.put("a.bin", bytesOf(1));
  const calls = Array.from({ length: 16 }, () => desk.client.actions.sendFile(INPUT, GATE));
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  expect(desk.arrived()).toHaveLength(1);
});
