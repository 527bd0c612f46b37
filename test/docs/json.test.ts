import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import { readMcpConfig } from "tg-guarded";
import { parseFaultRules, startSandbox } from "tg-guarded/testing";
import { ACTION_TOOLS } from "../../adapters/mcp-actions/tools.js";
import { tempFolder } from "../support/temp-folder.js";
import { blocksIn } from "./pages.js";

const SERVERS = ["tgmcp-read", "tgmcp-actions"];

/** What can be in a block, and how it is read. */
const READERS = {
  async servers(value: object) {
    await using folder = await tempFolder();
    await writeFile(folder.file("mcp.json"), JSON.stringify(value));
    const servers = await readMcpConfig(folder.file("mcp.json"));
    expect(servers).toHaveLength(Object.keys("mcpServers" in value ? (value.mcpServers as object) : {}).length);
    for (const { program, args } of servers) {
      expect(SERVERS).toContain(program);
      expect(args).toEqual(["-y", "--package", "tg-guarded", program]);
    }
  },
  async world(value: object) {
    await using sandbox = await startSandbox({ world: { described: value } });
    expect(sandbox.info.accounts.length).toBeGreaterThan(0);
  },
  faults(value: object) {
    expect(parseFaultRules(value).length).toBeGreaterThan(0);
  },
  /** An agent is told in prose which tool they are for; here it is the one whose arguments they are. */
  toolArguments(value: object) {
    const takes = ACTION_TOOLS.filter((tool) => {
      const schema = z.fromJSONSchema(tool.listed().inputSchema);
      return Object.keys(value).length > 0 && schema.safeParse(value).success;
    });
    expect(takes.map(({ name }) => name)).toContain("tg_send_message");
  },
} as const;

function kindOf(value: object): keyof typeof READERS {
  if (Array.isArray(value)) return "faults";
  if ("mcpServers" in value) return "servers";
  return "tgGuardedWorld" in value ? "world" : "toolArguments";
}

const json = blocksIn("json").map((block) => ({ ...block, value: JSON.parse(block.code) as object }));

it("There is one of each kind on the pages", () => {
  expect(new Set(json.map(({ value }) => kindOf(value)))).toEqual(new Set(Object.keys(READERS)));
});

it.each(json)("$name means something to who reads it", async ({ value }) => {
  await READERS[kindOf(value)](value);
});
