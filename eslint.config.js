import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      ".ci/**",
      "dist/**",
      ".ci/**",
      "docs/api/**",
      "coverage/**",
      "src/sandbox/tl/schema.ts",
      "src/sandbox/tl/types.ts",
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js", "src/sandbox/tl/generate.mjs"] } },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": ["error", { ignoreVoid: false }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
  { files: ["test/**", "bench/**", "examples/**", "docs/**"], rules: { "no-console": "off" } },
);
