import { join } from "node:path";
import ts from "typescript";
import { root } from "../support/import-lines.js";

/** A program that is on no disk. */
export interface Source {
  readonly name: string;
  readonly code: string;
}

const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile.bind(ts.sys)).config as object;
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ["src/index.ts"] }, ts.sys, root);

/** What the compiler says against each of them, by the rules of this package, but for what a short example need not use. */
export function complaints(sources: readonly Source[]): readonly string[] {
  const files = new Map(sources.map(({ name, code }, index) => [join(root, `test/block-${index}.ts`), { name, code }]));
  const settings = { ...options, noUnusedLocals: false, noUnusedParameters: false, incremental: false };
  const disk = ts.createCompilerHost(settings);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile(file, target) {
      const source = files.get(file);
      // Each is a module, also one that imports nothing.
      return source === undefined
        ? disk.getSourceFile(file, target)
        : ts.createSourceFile(file, `${source.code}\nexport {};\n`, target);
    },
    fileExists: (file) => files.has(file) || disk.fileExists(file),
    readFile: (file) => files.get(file)?.code ?? disk.readFile(file),
    getCurrentDirectory: () => root,
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files].flatMap(([file, { name }]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${name}, line ${(source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}
