import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { envSample } from "tg-guarded";
import { readEnv } from "../../src/env/read-env.js";
import { VARIABLE_GROUPS, VARIABLES } from "../../src/env/variables.js";
import { root, sourceFiles } from "../support/import-lines.js";

const ACCOUNT = { TG_API_ID: "1", TG_API_HASH: "hash", SESSION_NAME: "work", TG_DATA_DIR: "/data" };
/** Names that other programs read, or that are no variables. */
const FOREIGN = /^(TG_BLOCK|SESSION_(EXPIRED|REVOKED|PASSWORD_NEEDED|TOO_FRESH_\w+))$/;

/** Every text of the source that looks like the name of a variable. */
function namesIn(folder: string): ReadonlySet<string> {
  const pattern = /"((?:TG|RATE|MAX|RETRY|SMART|SESSION|PROXY)_[A-Z_]*[A-Z])"/g;
  const files = sourceFiles(folder).filter((file) => !/sandbox|variables\.ts$/.test(file));
  const names = files.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(pattern)]);
  return new Set(names.flatMap(([, name = ""]) => (FOREIGN.test(name) ? [] : [name])));
}

describe("The catalogue of variables", () => {
  it("names every variable that is read anywhere, and none twice", () => {
    const unknown = [...namesIn("src"), ...namesIn("adapters")].filter((name) => !VARIABLES.has(name));
    expect(unknown).toEqual([]);
    expect(VARIABLE_GROUPS.flatMap(({ variables }) => variables)).toHaveLength(VARIABLES.size);
  });

  it("says what holds without them: to set them all to that changes nothing", () => {
    const usual = Object.fromEntries(
      [...VARIABLES.values()].flatMap((variable) =>
        variable.default === undefined ? [] : [[variable.name, variable.default]],
      ),
    );
    expect(Object.keys(usual).length).toBeGreaterThan(40);
    const { options, notices } = readEnv({ ...usual, ...ACCOUNT, TG_ACTIONS_ALLOWED_GROUPS: "me" });
    const bare = readEnv({ ...ACCOUNT, TG_ACTIONS_ALLOWED_GROUPS: "me" });
    expect(notices).toEqual([]);
    expect(JSON.stringify(options.session)).toBe(JSON.stringify(bare.options.session));
  });

  it("says of each in a sentence what it is for", () => {
    for (const { name, about } of VARIABLES.values())
      expect([name, about]).toEqual([name, expect.stringMatching(/^\S.*\.$/)]);
  });
});

describe(".env.sample", () => {
  it("is what the catalogue says", () => {
    expect(readFileSync(join(root, ".env.sample"), "utf8")).toBe(envSample());
  });

  it("is read by Node as it stands, and says every default once its # are taken away", () => {
    expect(parseEnv(envSample())).toEqual({});
    const set = parseEnv(envSample().replace(/^#(?=[A-Z])/gm, ""));
    const expected = [...VARIABLES.values()].map(({ name, default: usual = "" }) => [name, usual]);
    expect(set).toEqual(Object.fromEntries(expected));
  });
});
