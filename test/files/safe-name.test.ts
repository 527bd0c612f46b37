import { join, posix, win32 } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeFileName } from "../../src/files/safe-name.js";

const FOLDER = join("/", "downloads");

/** What Windows takes for a device, with any extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;

/** Any Unicode, and more than by chance of what makes names dangerous. */
const names = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        "..",
        "/",
        "\\",
        ".",
        " ",
        "CON",
        "nul",
        "COM1",
        ":",
        "\0",
        "\n",
        "\u202e",
        "\u200b",
        "\ufeff",
        "é",
        "x",
        "~",
        "-",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("a safe file name", () => {
  it("stays in its folder, on every system, whatever text it is made of", () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 2 ** 31 }), (text, id) => {
        const name = safeFileName(text);
        for (const system of [posix, win32]) {
          const path = system.join("/downloads", `${id}-${name}`);
          expect(system.dirname(path)).toBe(system.dirname(system.join("/downloads", "x")));
          expect(system.basename(path)).toBe(`${id}-${name}`);
        }
        expect(join(FOLDER, name)).toBe(`${FOLDER}/${name}`);
        expect(Buffer.byteLength(`${id}-${name}.part.json`)).toBeLessThanOrEqual(255);
      }),
      { numRuns: 2000 },
    );
  });

  it("holds nothing that a system refuses or a reader does not see", () => {
    fc.assert(
      fc.property(names, (text) => {
        const name = safeFileName(text);
        expect(name).not.toBe("");
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}<>:"/\\|?*]/u);
        expect(name).not.toMatch(/^[. ]|[. ]$/);
        expect(name).not.toMatch(DEVICE);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
      { numRuns: 2000 },
    );
  });

  it("is its own safe name", () => {
    fc.assert(
      fc.property(names, (text) => {
        expect(safeFileName(safeFileName(text))).toBe(safeFileName(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["report 2024.pdf", "report 2024.pdf"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["..\\..\\Windows\\System32\\cmd.exe", "_.._Windows_System32_cmd.exe"],
    ["line\nbreak\r\n.txt", "line break .txt"],
    ["\u202Egpj.exe", "gpj.exe"],
    ["CON", "CON_"],
    ["NUL.txt", "NUL_.txt"],
    ["nul\u0000byte.txt", "nul_byte.txt"],
    ["", "file"],
    ["..", "file"],
    ["   ", "file"],
    [".hidden", "hidden"],
    ["trailing dots and spaces. . . ", "trailing dots and spaces"],
    ["фото.png", "фото.png"],
    [`${"a".repeat(9_996)}.txt`, `${"a".repeat(196)}.txt`],
    [`${"я".repeat(200)}.pdf`, `${"я".repeat(98)}.pdf`],
    [`a.${"b".repeat(300)}`, `a.${"b".repeat(198)}`],
  ])("of %j is %j", (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });
});
