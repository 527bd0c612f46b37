import { describe, expect, it } from "vitest";
import { API_METHODS, MTPROTO_METHODS } from "../../src/sandbox/tl/schema.js";
import { METHOD_ROWS, classOf } from "../../src/telegram/method-table.js";

const schemaMethods = `${API_METHODS}\n${MTPROTO_METHODS}`.split("\n").map((line) => line.slice(0, line.indexOf("#")));
const listed = METHOD_ROWS.map(([method]) => method);

describe("the method table", () => {
  it("classifies every method and function of layer 198 exactly once", () => {
    expect(schemaMethods).toHaveLength(689 + 10);
    expect(listed.filter((method, index) => listed.indexOf(method) !== index)).toEqual([]);
    expect([...listed].sort()).toEqual([...schemaMethods].sort());
  });

  it("knows nothing it was not told", () => {
    expect(classOf("messages.sendEverythingToEverybody")).toBeUndefined();
    expect(classOf("")).toBeUndefined();
    expect(classOf("constructor")).toBeUndefined();
  });

  it("calls a wrapper what carries another request, and nothing else", () => {
    const carriers = API_METHODS.split("\n")
      .filter((line) => line.includes(":!X"))
      .map((line) => line.slice(0, line.indexOf("#")));
    expect(METHOD_ROWS.filter(([, kind]) => kind === "wrapper").map(([method]) => method)).toEqual(carriers);
  });

  it("lets no method whose name promises a change pass as a read", () => {
    const verbs =
      /\.(send|set|update|edit|delete|add|create|toggle|save|reset|join|leave|invite|import|upload|block|pin|unpin|report|accept|clear|reorder|change|install)[A-Z]/;
    expect(METHOD_ROWS.filter(([method, kind]) => kind === "read" && verbs.test(method))).toEqual([]);
  });
});
