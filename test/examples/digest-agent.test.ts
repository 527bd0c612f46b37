import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { approvers, GuardedClient, memoryStore } from "tg-guarded";
import { startSandbox, type Sandbox } from "tg-guarded/testing";
import { readDigest, sendDigest, type Move, type Turn } from "../../examples/digest-agent/agent.js";

/** A model that makes these moves, whatever it is told; it keeps what it saw. */
function scripted(...moves: readonly Move[]) {
  const seen: (readonly Turn[])[] = [];
  const tools: string[][] = [];
  return {
    seen,
    tools,
    model: (offered: readonly { name: string }[], turns: readonly Turn[]): Move => {
      tools.push(offered.map(({ name }) => name));
      seen.push([...turns]);
      return moves[Math.min(turns.length, moves.length - 1)] ?? { digest: "" };
    },
  };
}

describe("digest-agent", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const open = (ask: () => boolean): Promise<GuardedClient> =>
    GuardedClient.open({
      ...sandbox.clientOptions(),
      store: memoryStore(),
      limits: { mode: "off" },
      actions: { allow: ["me"], approver: approvers.callback(ask) },
    });
  const writes = () => sandbox.log.filter(({ method }) => method.startsWith("messages.send"));

  test("shows a person the digest of the unread groups, and sends it", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    try {
      await import("../../examples/digest-agent/program.js");
      const [question, ...rest] = log.mock.calls.flat() as unknown[];
      expect(question).toMatch(
        /To {7}user "Mira Halvorsen"[^]*Text\n {2}\| Unread today\n {2}\| Tidewater Lab: 15 words\n/,
      );
      expect(rest).toEqual([expect.stringMatching(/^sent as message \d+$/)]);
    } finally {
      log.mockRestore();
    }
  });

  test("reads by the tools, and sends what was approved", async () => {
    await using client = await open(() => true);
    const lab = { tool: "tg_get_messages", args: { group: "@tidewater_lab", limit: 3 } };
    const { model, seen } = scripted(lab, { digest: "A quiet day at the lab" });
    const digest = await readDigest(client, model);
    expect(JSON.parse(seen[1]?.[0]?.answer ?? "")).toMatchObject({ count: 3, untrusted: expect.anything() as unknown });
    expect(writes()).toEqual([]);
    const id = await sendDigest(client, digest);
    const self = sandbox.info.accounts[0]?.id ?? 0;
    expect(sandbox.world.chat(self).byId(id ?? 0)?.text).toBe("A quiet day at the lab");
  });

  test("sends nothing after a no", async () => {
    await using client = await open(() => false);
    await expect(sendDigest(client, "Not like this")).rejects.toMatchObject({ code: "approval_rejected" });
    expect(writes()).toEqual([]);
  });

  test("has no tool that writes, whatever the model has been told to do", async () => {
    await using client = await open(() => true);
    const write = { tool: "tg_send_message", args: { group: "@liv_paints", message_text: "Hi", confirm: true } };
    const { model, seen, tools } = scripted(write, { digest: "" });
    await readDigest(client, model);
    expect(tools[0]).not.toContain("tg_send_message");
    expect(seen[1]?.[0]?.answer).toMatch(/no such tool/);
    expect(writes()).toEqual([]);
  });

  test("stops a model that goes round in circles", async () => {
    await using client = await open(() => true);
    const { model, seen } = scripted({ tool: "tg_auth_status", args: {} });
    await expect(readDigest(client, model)).rejects.toThrow("no digest after 30 tools");
    expect(seen).toHaveLength(30);
  });
});
