import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGuardError } from "tg-guarded";
import { parseMcpConfig } from "../../src/doctor/mcp-config.js";
import { expandedServer, serverEnv } from "../../src/doctor/server-env.js";

const json = (servers: object, table = "mcpServers"): string => JSON.stringify({ [table]: servers });
const planesOf = (text: string) => parseMcpConfig(text, "file").map(({ name, plane }) => [name, plane]);

describe("A file that configures servers", () => {
  it("is read as Claude, Cursor and Visual Studio Code write it", () => {
    const servers = { tg: { command: "tgmcp-read", args: ["--x"], env: { RATE_RPS: 2 } }, other: { command: "npx" } };
    for (const table of ["mcpServers", "servers"]) {
      expect(parseMcpConfig(json(servers, table), "file")).toEqual([
        {
          name: "tg",
          program: "tgmcp-read",
          command: "tgmcp-read",
          args: ["--x"],
          env: { RATE_RPS: "2" },
          plane: "read",
        },
      ]);
    }
  });

  it("is read as Codex writes it", () => {
    const text = `
model = "o3"
[mcp_servers.tg]
command = "npx"
args = ["-y", "-p", "tg-guarded@1", "tgmcp-actions"]
env = { TG_ACTIONS_ENABLED = "1" }
[mcp_servers.web]
url = "https://example.org"`;
    expect(planesOf(text)).toEqual([["tg", "actions"]]);
  });

  it.each([
    [{ command: "tgmcp" }, "read"],
    [{ command: "/opt/bin/tgmcp-actions" }, "actions"],
    [{ command: String.raw`C:\bin\tgmcp-read.cmd` }, "read"],
    [{ command: "node", args: ["/x/tg-guarded/dist/mcp-actions.js"] }, "actions"],
    [{ command: "npx", args: ["tg-guarded", "export"] }, undefined],
  ])("knows which side %j is for", (entry, plane) => {
    expect(planesOf(json({ it: entry }))).toEqual([["it", plane]]);
  });

  it("has no proper server of ours without it being said", () => {
    const text = json({ tg: { command: "tgmcp-read", env: { TG_API_HASH: ["s3cret"] } } });
    expect(() => parseMcpConfig(text, "file")).toThrow(/"tg" has no proper command/);
    expect(() => parseMcpConfig(text, "file")).not.toThrow(/s3cret/);
  });

  it.each(["", "{", "[]", "null", '{"a": 1}', "= 1", 'TG_API_HASH = "s3cret" x', '{"mcpServers": "s3cret'])(
    "is refused where it is none, and nothing of it repeated: %j",
    (text) => {
      expect(() => parseMcpConfig(text, "file")).toThrow(/^file cannot be used/);
      expect(() => parseMcpConfig(text, "file")).not.toThrow(/s3cret/);
    },
  );

  it("is read or refused, whatever it holds", () => {
    const odd = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((servers) => JSON.stringify({ mcpServers: servers })),
      fc
        .dictionary(
          fc.string(),
          fc.record({ command: fc.constant("tgmcp"), args: fc.jsonValue(), env: fc.jsonValue() }),
        )
        .map((servers) => json(servers)),
    );
    fc.assert(
      fc.property(odd, (text) => {
        try {
          for (const { program, env } of parseMcpConfig(text, "file")) {
            expect(program).toMatch(/^(tg-guarded|(tg)?mcp(-\w+)?)$/);
            expect(Object.values(env).every((value) => typeof value === "string")).toBe(true);
          }
        } catch (error) {
          if (!isGuardError(error, "input_invalid")) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("A configured server as it is started", () => {
  it("has the present variables put in, once", () => {
    const present = { HOME: "/home/me", TWICE: "${HOME}" };
    const env = { A: "${TWICE}" };
    const named = { command: "${HOME}/bin/tgmcp", args: ["${env:HOME}", "${NONE:-x}", "$HOME"], env, cwd: "${HOME}/x" };
    expect(expandedServer({ name: "tg", program: "tgmcp", plane: "read", ...named }, present)).toEqual({
      name: "tg",
      program: "tgmcp",
      plane: "read",
      command: "/home/me/bin/tgmcp",
      args: ["/home/me", "x", "$HOME"],
      env: { A: "${HOME}" },
      cwd: "/home/me/x",
    });
  });

  it("has the working folder that is named", () => {
    expect(parseMcpConfig(json({ tg: { command: "tgmcp", cwd: "/x" } }), "file")).toMatchObject([{ cwd: "/x" }]);
  });
});

describe("The variables of a configured server", () => {
  const server = { name: "tg", program: "tgmcp", command: "npx", args: [] };
  const present = { XDG_CONFIG_HOME: "/nowhere", RATE_RPS: "1", HOME: "/home/me" };

  it("stand over the present ones, and may name them", () => {
    const env = { RATE_RPS: "2", A: "${HOME}/x", B: "${env:HOME}", C: "${NONE:-else}", D: "${NONE}" };
    expect(serverEnv({ ...server, env }, present)).toEqual({
      ...present,
      RATE_RPS: "2",
      A: "/home/me/x",
      B: "/home/me",
      C: "else",
      D: "${NONE}",
    });
  });

  it.each([[["--account", "work"]], [["--account=work"]]])("have the account that %j names, over any other", (args) => {
    const env = { TG_ACCOUNT: "home" };
    expect(serverEnv({ ...server, args, env }, { ...present, TG_ACCOUNT: "school" })).toEqual({
      ...present,
      TG_ACCOUNT: "work",
    });
  });

  it("cannot be told where its file of variables is missing", () => {
    for (const args of [["--env-file", "/nowhere/x"], ["--env-file=/nowhere/x"]]) {
      expect(() => serverEnv({ ...server, args, env: {} }, present)).toThrow(/\/nowhere\/x cannot be read/);
    }
  });
});
