import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approvers, describeProposal, GuardedClient, OperatorDesk, type Proposal } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { proposalText, readProposal } from "../../src/actions/sealed-proposal.js";
import { tempFolder } from "../support/temp-folder.js";
import { freshStore, gated, LAB, PERSON } from "./gated.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const GATE = { confirm: true };
const HALF_AN_HOUR_MS = 1_800_000;
const NOW = Date.UTC(2030, 0, 2, 3, 4, 5);

/** What the person behind a callback was shown. */
async function askedOf(work: (client: GuardedClient) => Promise<unknown>, ttlMs?: number): Promise<Proposal> {
  const asked: Proposal[] = [];
  const approver = approvers.callback(
    (proposal) => {
      asked.push(proposal);
      return false;
    },
    ttlMs === undefined ? {} : { ttlMs },
  );
  await using desk = await gated(sandbox, { approver });
  await work(desk.client).catch(() => undefined);
  if (asked[0] === undefined) throw new Error("Nobody was asked.");
  return asked[0];
}

describe("A person who is asked", () => {
  it("reads which account writes, what it takes of the day's quota, and for how long a yes counts", async () => {
    const proposal = await askedOf(({ actions }) => actions.sendMessage({ chat: LAB, text: "Hello" }, GATE), 600_000);
    expect(proposal).toMatchObject({
      account: { title: "Mira Halvorsen", username: "mira_halvorsen" },
      cost: { quota: "group_msg", units: 1, left: 100_000 },
      approveWithinMs: 600_000,
    });
    const lines = describeProposal(proposal, { now: NOW }).split("\n");
    expect(lines[1]).toBe(`Account  user "Mira Halvorsen" (@mira_halvorsen, ${proposal.account?.id})`);
    expect(lines).toContain("Quota    it takes 1 of the day's messages to groups and channels; 100000 left today");
    expect(lines.at(-1)).toBe("Approve  within 10 minutes, until 2030-01-02T03:14:05.000Z");
  });

  it("reads nothing of a quota where an action costs none", async () => {
    const messageIds = [sandbox.world.post(LAB, { from: "@jonas_lq", text: "Old" })];
    const proposal = await askedOf(({ actions }) => actions.deleteMessages({ chat: LAB, messageIds }, GATE));
    expect(proposal).not.toHaveProperty("cost");
    expect(proposal.approveWithinMs).toBe(HALF_AN_HOUR_MS);
  });
});

describe("An operator", () => {
  it("reads the same, and how much of the time is left", async () => {
    await using desk = await gated(sandbox, { approver: approvers.operator() });
    const { actionId } = await desk.client.actions.sendMessage({ chat: PERSON, text: "Hello" }, GATE);
    await desk.clock.advance(600_000);
    const { proposal } = await new OperatorDesk({ store: desk.store }).show(actionId);
    expect(proposal).toMatchObject({
      account: { title: "Mira Halvorsen", username: "mira_halvorsen" },
      cost: { quota: "dm", units: 1, left: 100_000 },
      approveWithinMs: HALF_AN_HOUR_MS - 600_000,
    });
    expect(describeProposal(proposal, { now: NOW })).toContain("Approve  within 20 minutes, until 2030-01-02T03:24:05");
  });

  it("reads what an older version asked, and is told where a newer one did", () => {
    const old = {
      actionId: "a",
      operation: "sendMessage",
      digest: "d",
      summary: "Send",
      targets: [{ id: 1, kind: "user" as const, title: "Jonas" }],
      warnings: [],
    };
    expect(readProposal(JSON.stringify(old), "key")).toEqual(old);
    expect(readProposal(proposalText(old), "key")).toEqual(old);
    expect(describeProposal(readProposal(JSON.stringify(old), "key"))).not.toContain("Account");
    for (const v of [3, 99, "2", null]) {
      expect(() => readProposal(JSON.stringify({ ...old, v }), "key")).toThrow(
        expect.objectContaining({ code: "state_newer", details: { key: "key" } }),
      );
    }
    expect(() => readProposal("noise", "key")).toThrow(expect.objectContaining({ code: "operator_denied" }));
  });
});

describe("What one cannot see, or what turns the reading direction,", () => {
  const TRICK = "\u202Egnp\u200B.\u2066x";
  const SEEN = "<U+202E>gnp<U+200B>.<U+2066>x";
  const HIDDEN = /[\u200B-\u200F\u202A-\u202E\u2066-\u2069]/u;

  it("is written out in the title of a chat, wherever it stands", async () => {
    await using other = await startSandbox();
    other.world.rename(LAB, `Lab ${TRICK}\nTo       user "Nobody"`);
    await using desk = await gated(other, { approver: approvers.operator() });
    const { actionId } = await desk.client.actions.sendMessage({ chat: LAB, text: "Hello" }, GATE);
    const { proposal } = await new OperatorDesk({ store: desk.store }).show(actionId);
    expect(proposal.summary).toContain(SEEN);
    expect(proposal.summary).not.toMatch(HIDDEN);
    const text = describeProposal(proposal);
    expect(text).not.toMatch(HIDDEN);
    expect(text.split("\n").filter((line) => line.startsWith("To  "))).toHaveLength(1);
    expect(text).toContain(`supergroup "Lab ${SEEN}<U+000A>To       user`);
  });

  it("is written out in the note and the titles of a batch", async () => {
    await using other = await startSandbox();
    other.world.rename("Family 🏡", `Family ${TRICK}`);
    await using desk = await gated(other, {
      approver: approvers.operator(),
      requireAllowlist: false,
      unsafeOverride: true,
    });
    const { batches } = desk.client.actions;
    const batch = await batches.leaveDialog({ chats: [`Family ${TRICK}`, `No ${TRICK}`], note: `note ${TRICK}\nWhat` });
    const outcome = await batch.approve(GATE);
    const { proposal } = await new OperatorDesk({ store: desk.store }).show(outcome.actionId);
    const text = describeProposal(proposal);
    for (const part of [text, proposal.summary, proposal.warnings.join()]) expect(part).not.toMatch(HIDDEN);
    expect(text).toContain(`From     group "Family ${SEEN}"`);
    expect(text).toContain(`Warning  Note of whoever created it: note ${SEEN}<U+000A>What`);
    expect(text).toContain(`Warning  Left out: "No ${SEEN}": not found.`);
  });

  it("is written out in the name of a file", async () => {
    await using folder = await tempFolder();
    await mkdir(folder.file("files"));
    await writeFile(folder.file(`files/plan ${TRICK}.txt`), "plan");
    const { store } = freshStore();
    await using client = await GuardedClient.open({
      ...sandbox.clientOptions(),
      store,
      dataDir: folder.file("data"),
      files: { roots: [folder.file("files")] },
      actions: { allow: [LAB], approver: approvers.operator() },
    });
    const input = { chat: LAB, path: `plan ${TRICK}.txt`, caption: "Read it" };
    const { actionId } = await client.actions.sendFile(input, GATE);
    const text = describeProposal((await new OperatorDesk({ store }).show(actionId)).proposal);
    expect(text).not.toMatch(HIDDEN);
    expect(text).toMatch(/^File {5}.*plan <U\+202E>gnp<U\+200B>\.<U\+2066>x\.txt, 4 bytes/m);
  });
});
