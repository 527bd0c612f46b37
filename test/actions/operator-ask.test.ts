import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approvers,
  GuardedClient,
  newOperatorKey,
  OperatorDesk,
  type ActionsOptions,
  type Guard,
  type Proposal,
} from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { readActions } from "../../src/env/actions.js";
import { tempFolder } from "../support/temp-folder.js";
import { attempt, copies, freshStore, LAB } from "./gated.js";

const SECRET = "correct horse";
const GATE = { confirm: true };
let key = "";
let sandbox: Sandbox;
beforeAll(async () => {
  key = newOperatorKey(SECRET);
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

let texts = 0;
const fresh = () => ({ chat: LAB, text: `In front of the host ${++texts}` });

type Ask = NonNullable<Exclude<Parameters<typeof approvers.operator>[0], undefined>["ask"]>;

interface Asking {
  readonly shared?: ReturnType<typeof freshStore>;
  readonly perAttempt?: readonly Guard[];
  readonly actions?: ActionsOptions;
  readonly ttlMs?: number;
  /** With the folder of another client comes its audit trail. */
  readonly dataDir?: string;
}

/** A client with an operator's key, which asks whoever sits in front of it first. */
async function asking(
  ask: Ask | undefined,
  { shared = freshStore(), perAttempt = [], actions, ttlMs, dataDir }: Asking = {},
) {
  const folder = await tempFolder();
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    dataDir: dataDir ?? folder.path,
    store: shared.store,
    limits: { mode: "off" },
    guards: { perAttempt },
    actions: {
      allow: [LAB],
      approver: approvers.operator({
        key,
        ...(ask === undefined ? {} : { ask }),
        ...(ttlMs === undefined ? {} : { ttlMs }),
      }),
      ...actions,
    },
  });
  return {
    ...shared,
    client,
    dataDir: folder.path,
    office: new OperatorDesk({ store: shared.store, key }),
    /** Who decided what, by the audit trail. */
    async decisions(): Promise<readonly string[]> {
      const names = (await readdir(folder.path, { recursive: true })).filter((name) => name.endsWith(".jsonl"));
      const files = await Promise.all(names.map((name) => readFile(`${folder.path}/${name}`, "utf8")));
      const lines = files.flatMap((text) => text.split("\n").filter(Boolean));
      return lines
        .map((line) => JSON.parse(line) as { event: string; approver?: string })
        .filter(({ event }) => event === "approved" || event === "rejected")
        .map(({ event, approver }) => `${event} by ${String(approver)}`);
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe("The person in front of the host", () => {
  it("sees the whole proposal, says yes, and it is sent at once, recorded as the host's", async () => {
    const seen: Proposal[] = [];
    await using desk = await asking((proposal) => seen.push(proposal) === 1);
    const input = fresh();
    expect(await desk.client.actions.sendMessage(input, GATE)).toMatchObject({ status: "done", repeated: false });
    expect(seen).toMatchObject([{ text: input.text, operation: "sendMessage", approveWithinMs: 1_800_000 }]);
    expect(seen[0]?.cost).toMatchObject({ quota: "group_msg", units: 1 });
    expect(await desk.decisions()).toEqual(["approved by host"]);
    expect(await desk.office.list()).toEqual([]);
    const records: unknown[] = [];
    for await (const [, state] of desk.store.entries("action:")) records.push(state);
    expect(records).toMatchObject([{ phase: { kind: "done", approver: "host", by: "host" } }]);
    expect(copies(sandbox, input.text)).toBe(1);
  });

  it("says no, which the operator may still decide otherwise, and is not asked again meanwhile", async () => {
    let asked = 0;
    await using desk = await asking(() => ++asked < 0);
    const input = fresh();
    expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");
    expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");
    expect(asked).toBe(1);
    expect(await desk.decisions()).toEqual(["rejected by host"]);
    const [question] = await desk.office.list();
    await desk.office.approve(question?.actionId ?? "", { secret: SECRET });
    expect(await attempt(desk.client, input, GATE)).toBe("sent");
  });

  it("answers nothing, or something that is no yes, and it is the operator's", async () => {
    for (const answer of [undefined, "yes", 1, {}]) {
      const ask = (): boolean | undefined => answer as boolean | undefined;
      await using desk = await asking(ask);
      const input = fresh();
      expect(await attempt(desk.client, input, GATE)).toBe("awaiting_approval");
      expect(await desk.decisions()).toEqual([]);
      expect(await desk.office.list()).toHaveLength(1);
      expect(copies(sandbox, input.text)).toBe(0);
    }
  });

  it("is asked anew for another text, and after the question's time", async () => {
    const seen: (string | undefined)[] = [];
    await using desk = await asking(({ text }) => void seen.push(text), { ttlMs: 60_000 });
    const input = fresh();
    await attempt(desk.client, input, GATE);
    await attempt(desk.client, { ...input, text: `${input.text}!` }, GATE);
    await desk.clock.advance(60_000);
    await attempt(desk.client, input, GATE);
    expect(seen).toEqual([input.text, `${input.text}!`, input.text]);
  });

  it("need not answer once the operator has: the form is withdrawn", async () => {
    let withdrawn = false;
    let shown: () => void;
    const isShown = new Promise<void>((resolve) => (shown = resolve));
    await using desk = await asking((_, signal) => {
      shown();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          withdrawn = true;
          resolve(undefined);
        });
      });
    });
    const input = fresh();
    const sending = desk.client.actions.sendMessage(input, GATE);
    await isShown;
    const [question] = await desk.office.list();
    await desk.office.approve(question?.actionId ?? "", { secret: SECRET });
    expect(await sending).toMatchObject({ status: "done" });
    expect(withdrawn).toBe(true);
    expect(await desk.decisions()).toEqual([]);
  });

  it("cannot say yes to what the operator has refused meanwhile", async () => {
    const shared = freshStore();
    const office = new OperatorDesk({ store: shared.store, key });
    await using desk = await asking(
      async () => {
        const [question] = await office.list();
        await office.reject(question?.actionId ?? "", { secret: SECRET });
        return true;
      },
      { shared },
    );
    const input = fresh();
    expect(await attempt(desk.client, input, GATE)).toBe("approval_rejected");
    expect([copies(sandbox, input.text), await desk.decisions()]).toEqual([0, []]);
  });

  it("whose call is given up is asked again by the next one", async () => {
    let asked = 0;
    const stop = new AbortController();
    await using desk = await asking((_, signal) => {
      if (++asked > 1) return true;
      stop.abort(new Error("the host went away"));
      return new Promise((_resolve, reject) => {
        reject(signal.reason as Error);
      });
    });
    const input = fresh();
    await expect(desk.client.actions.sendMessage(input, GATE, { signal: stop.signal })).rejects.toThrow("went away");
    expect(copies(sandbox, input.text)).toBe(0);
    expect(await attempt(desk.client, input, GATE)).toBe("sent");
  });

  it("does not lose a yes by which nothing was applied", async () => {
    let asked = 0;
    let failures = 1;
    const failing: Guard = (call, next) => {
      if (call.kind !== "write" || failures-- <= 0) return next(call);
      return Promise.reject(new Error("a guard of the program's own refuses"));
    };
    await using desk = await asking(() => ++asked > 0, { perAttempt: [failing] });
    const input = fresh();
    await expect(desk.client.actions.sendMessage(input, GATE)).rejects.toThrow();
    await attempt(desk.client, input, GATE).catch(() => undefined);
    expect(copies(sandbox, input.text)).toBe(1);
    expect(asked).toBe(1);
  });

  it("cannot be stood in for where nobody in front of the program is asked", async () => {
    const shared = freshStore();
    const lost: Guard = (call, next) =>
      call.kind === "write" ? next(call).then(() => Promise.reject(new Error("the answer is lost"))) : next(call);
    await using front = await asking(() => true, { shared, perAttempt: [lost] });
    await using behind = await asking(undefined, { shared, dataDir: front.dataDir });
    const input = fresh();
    await expect(front.client.actions.sendMessage(input, GATE)).rejects.toMatchObject({ code: "outcome_unknown" });
    expect(await attempt(behind.client, input, GATE)).toBe("approval_invalid");
    await using again = await asking(() => false, { shared, dataDir: front.dataDir });
    expect(await attempt(again.client, input, GATE)).toBe("sent");
    expect(copies(sandbox, input.text)).toBe(1);
  });

  it("is asked as the policy says, where the approver leaves that to it", async () => {
    await using desk = await asking("host", {
      actions: { approver: approvers.operator({ ask: "host" }), ask: () => true },
    });
    expect(await attempt(desk.client, fresh(), GATE)).toBe("sent");
    const { approver } = readActions({ TG_ACTIONS_APPROVER: "auto" });
    expect(approver).toMatchObject({ mode: "operator", waitMs: 25_000, ask: "host" });
    expect(readActions({}, "auto").approver).toEqual(approver);
    await using alone = await asking("host");
    expect(await attempt(alone.client, fresh(), GATE)).toBe("awaiting_approval");
  });
});
