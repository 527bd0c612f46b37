import { withoutUnseen } from "tg-guarded";
import { expect, it } from "vitest";
import { safeFileName } from "../../src/files/safe-name.js";

/** Every character that there is, but the line's end. */
const CHARACTERS = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter(
  (one) => one !== "\n",
);

const codesOf = (characters: readonly string[]): readonly string[] =>
  characters.map((one) => (one.codePointAt(0) ?? 0).toString(16));

it("What Unicode says is not to be shown is taken out of every text, but for the selector of emoji", () => {
  const unseen = CHARACTERS.filter(
    (one) => /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}]/u.test(one) && one !== "\uFE0F",
  );
  expect(unseen.length).toBeGreaterThan(4000);
  expect(codesOf(unseen.filter((one) => withoutUnseen(`a${one}b`) !== "ab"))).toEqual([]);
});

it("A file is saved under the name that is told, whatever it is called", () => {
  // Several in a name: there are many, and a name has room.
  const names: string[] = [];
  for (let at = 0; at < CHARACTERS.length; at += 40) names.push(`a${CHARACTERS.slice(at, at + 40).join("a")}b`);
  const saved = names.map((name) => safeFileName(name));
  expect(saved.filter((name) => withoutUnseen(name) !== name).map(unseenIn)).toEqual([]);
});

const unseenIn = (name: string): readonly string[] =>
  codesOf(Array.from(name).filter((one) => withoutUnseen(one) === ""));
