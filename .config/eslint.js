import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "rtl/", "reports/", ".cache/", "build/", "dist/", "**/*.mjs"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: [".config/eslint.js"] } } },
    rules: {
      // Numbers are what this project prints; a template literal is the plain way to do so.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // A switch over a union ends in `never`, or lists every kind.
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
    },
  },
  { files: [".config/eslint.js"], extends: [tseslint.configs.disableTypeChecked] },
);
