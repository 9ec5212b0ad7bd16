import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveJavaScript, installVariants } from '../../docs/scripts/variants.mjs';

test('an installation is told for each package manager', () => {
  const told = (code) => Object.fromEntries(installVariants(code).map(({ label, code }) => [label, code]));
  assert.deepEqual(told('npm install a @b/c\nnpm install --save-dev d\n'), {
    npm: 'npm install a @b/c\nnpm install --save-dev d\n',
    pnpm: 'pnpm add a @b/c\npnpm add -D d\n',
    yarn: 'yarn add a @b/c\nyarn add -D d\n',
    bun: 'bun add a @b/c\nbun add -d d\n',
  });
  assert.equal(told('npm create mcp-auth\n').bun, 'bun create mcp-auth\n');
});

test('commands that do more are left alone', () => {
  for (const code of [
    'npm install\n',
    'npm start\n',
    'npm install a && node b\n',
    'npm create a -- --flag\n',
    'ls\nnpm install a\n',
  ])
    assert.deepEqual(installVariants(code), []);
});

test('samples lose their types and keep all else; those without types, or of types alone, have one form', async () => {
  const typed = 'import type { A } from "a";\n\n// Why\nexport const f = (a: A): string => a.b!;\n';
  const [plain, types, decorated, broken] = [
    "export const a = 'b';\n",
    'interface A {\n  b: string;\n}\n',
    '@A()\nclass B {}\n',
    'const a: = ;\n',
  ];
  const derived = await deriveJavaScript([typed, plain, types, decorated, broken]);
  assert.deepEqual([...derived], [[typed, '\n// Why\nexport const f = (a) => a.b;\n'.trimStart()]]);
});
