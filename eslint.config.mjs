import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['cdk.out/', '.sandbox/', 'state/', 'node_modules/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A construct registers itself in its scope: `new` alone is the way resources are declared.
      'no-new': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // .dependency-cruiser.cjs keeps packages out of these; what needs no import is kept out here.
    files: ['lib/hcl/**', 'lib/iam/**', 'lib/policy/**'],
    rules: { 'no-restricted-globals': ['error', 'fetch', 'process', 'globalThis', 'require'] },
  },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
