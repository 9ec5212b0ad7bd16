import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

test('the sample for the runner of Node passes in it, from the built packages', async () => {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const source = readFileSync(new URL('../../src/testing.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const given = ['--test-reporter=tap', '--input-type=module', '--eval', outputText];
  const env = { ...process.env, NODE_ENV: 'test' };
  const { stdout } = await promisify(execFile)(process.execPath, given, { cwd: folder, env });
  expect(stdout).toContain('# pass 3');
  expect(stdout).toContain('# fail 0');
});
