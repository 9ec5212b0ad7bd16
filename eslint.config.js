// What oxlint does not know: what a client writes meets these expressions, and none may take more than linear time
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default [
  { ignores: ['**/dist/**', '**/generated/**'] },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['packages/conformance/**'],
    languageOptions: { parser: tseslint.parser },
    // What it says is for oxlint
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { regexp, '@typescript-eslint': tseslint.plugin },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { ignoreSticky: false, report: 'potential' }],
    },
  },
];
