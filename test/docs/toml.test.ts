import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parse } from "smol-toml";
import { afterEach, expect, it, vi } from "vitest";
import { checkEnv, policyFile } from "tg-guarded";
import { tempFolder } from "../support/temp-folder.js";
import { blocksIn } from "./pages.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A policy stands on the pages about policies, what a program is configured with on the others. */
const isPolicy = ({ page }: { readonly page: string }): boolean => /policy|mcp-config/.test(page);
const toml = blocksIn("toml");

it("There are policies and configurations", () => {
  expect(toml.filter(isPolicy)).toHaveLength(2);
  expect(toml.length).toBeGreaterThan(4);
});

it.each(toml)("$name is understood, every line of it", async (block) => {
  await using folder = await tempFolder();
  for (const name of Object.keys(process.env)) if (/^(TG_|SESSION_NAME|MAX_|RATE_)/.test(name)) vi.stubEnv(name, "");
  vi.stubEnv("HOME", folder.path);
  vi.stubEnv("XDG_CONFIG_HOME", folder.path);
  vi.stubEnv("TG_DATA_DIR", folder.file("data"));
  vi.stubEnv("TG_API_ID", isPolicy(block) ? "1" : "");
  vi.stubEnv("TG_API_HASH", isPolicy(block) ? "of an application" : "");
  const path = policyFile();
  await mkdir(dirname(path));
  await writeFile(isPolicy(block) ? path : path.replace("policy", "config"), block.code, { mode: 0o600 });

  const { accounts = {}, ...shared } = parse(block.code) as { accounts?: Record<string, object> };
  for (const account of ["", ...Object.keys(accounts)]) {
    vi.stubEnv("TG_ACCOUNT", account);
    const { notices, variable } = checkEnv({ session: "work" });
    expect(notices).toEqual([]);
    const said = { ...shared, ...accounts[account] };
    const heard = Object.fromEntries(Object.keys(said).map((name) => [name, variable(name)]));
    expect(heard).toEqual(Object.fromEntries(Object.entries(said).map(([name, value]) => [name, asVariable(value)])));
  }
});

const asVariable = (value: unknown): string =>
  typeof value === "boolean" ? (value ? "1" : "0") : Array.isArray(value) ? value.join(",") : String(value);
