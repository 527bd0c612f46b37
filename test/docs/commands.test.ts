import { expect, it } from "vitest";
import { runCli } from "../support/cli.js";
import { program, unknownWords } from "./commands.js";
import { blocksIn, pages } from "./pages.js";

/** Words of a command line: what is quoted is one. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)].map(([word]) => word);

/** Entries of a key ring are called so, too, and an image before its command. */
const withoutNamesakes = (code: string): string =>
  code.replaceAll(/^(security|secret-tool) .*$/gm, "").replaceAll("tg-guarded tg-guarded", "tg-guarded");

const shell = blocksIn("sh").map(({ name, code }) => ({ page: name, text: `\`${withoutNamesakes(code)}\`` }));
const prose = pages.map(({ page, text }) => ({ page, text: text.replaceAll(/^( *)```.*?^\1```$/gms, "") }));

/** Where the command stands in code, up to what is no part of it any more. */
const named = [...prose, ...shell].flatMap(({ page, text }) =>
  [...text.matchAll(/`[^`]*`/gs)]
    .flatMap(([code]) => [...code.matchAll(/(?<![\w./-])tg-guarded ([a-z-][^\n`|&#;>…]*)/g)])
    .map(([, words = ""]) => ({ page, words: wordsOf(words) })),
);

it("The command has what is looked at here", async () => {
  const { stdout } = await runCli(["--help"]);
  const listed = [...(/^Commands:\n(.*)/ms.exec(stdout)?.[1]?.matchAll(/^ {2}([a-z-]+)/gm) ?? [])].map(
    ([, name]) => name,
  );
  expect(program.commands.map((command) => command.name()).sort()).toEqual(
    listed.filter((name) => name !== "help").sort(),
  );
});

it("Every command that the pages name exists, with its flags", () => {
  expect(named.length).toBeGreaterThan(60);
  const wrong = named.filter(({ words }) => unknownWords(words).length > 0);
  expect(wrong.map(({ page, words }) => `${page}: tg-guarded ${words.join(" ")}`)).toEqual([]);
});

it("One that does not exist would be found", () => {
  expect(unknownWords(["export", "chats"])).toEqual(["chats"]);
  expect(unknownWords(["export", "messages", "@a", "--fast"])).toEqual(["--fast"]);
});
