import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, sourceFiles } from "../support/import-lines.js";
import type { Context } from "./example-context.js";

/** An `@example` of a docstring. */
export interface Example {
  /** The file, and which of its examples it is. */
  readonly name: string;
  readonly file: string;
  readonly code: string;
}

const examplesIn = (file: string): readonly Example[] => {
  const comments = readFileSync(join(root, file), "utf8").matchAll(/^( *)\/\*\*\n(.*?)^ *\*\//gms);
  const codes = [...comments].flatMap(([, , comment = ""]) => {
    const text = comment.replaceAll(/^ *\* ?/gm, "");
    return text.includes("@example") ? [/@example\n```ts\n(.*?)^```$/ms.exec(text)?.[1] ?? ""] : [];
  });
  return codes.map((code, index) => ({ name: `${file}, example ${index + 1}`, file, code }));
};

export const examples: readonly Example[] = ["src", "adapters"].flatMap(sourceFiles).flatMap(examplesIn);

const IMPORTS = /^import [^;]*;\n/gm;

/** What is made only for an example that names it. */
const MADE = ["desk", "audit", "circuits", "batch", "loggedIn"] as const satisfies readonly (keyof Context)[];

const madeFor = (code: string): string =>
  MADE.filter((name) => new RegExp(`\\b${name}\\b`).test(code))
    .map((name) => `  const ${name} = await given.${name}();`)
    .join("\n");

/**
 * An example as a program. What it does not make itself stands around it (example-context.ts): the imports come first, the
 * rest is a function of that context, and may have names of its own.
 */
export const programOf = ({ code }: Example): string => `import type { Context } from "./docs/example-context.js";
${[...code.matchAll(IMPORTS)].join("")}
export default async function example(given: Context): Promise<void> {
  const { client, sandbox, sessions } = given;
${madeFor(code)}
  {
${code.replaceAll(IMPORTS, "")}
  }
}
`;
