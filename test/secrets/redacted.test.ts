import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Redacted } from "tg-guarded";

it("A secret shows nothing of itself, however it is printed", () => {
  const secret = new Redacted("the secret");
  const shown = [
    ["", secret].join(""),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    String(secret),
  ];
  for (const text of shown) expect(text).toContain("[redacted]");
  expect(shown.join()).not.toContain("the secret");
  expect(Object.values(secret)).toEqual([]);
  expect(secret.expose()).toBe("the secret");
});
