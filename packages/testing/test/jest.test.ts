import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const rootDir = fileURLToPath(new URL('fixtures/jest', import.meta.url));
const program = createRequire(import.meta.url).resolve('jest/bin/jest');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The built package in jest itself: its `expect` is only to be had there. */
function runJest(): Promise<Report> {
  const config = {
    rootDir,
    testMatch: ['**/*.test.mjs'],
    transform: {},
    moduleFileExtensions: ['mjs', 'js', 'cjs'],
  };
  const given = [
    '--experimental-vm-modules',
    program,
    '--json',
    '--runInBand',
    '--config',
    JSON.stringify(config),
  ];
  const env = { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '' };
  return new Promise((resolve, reject) => {
    // Ends with 1, for one of its tests fails
    execFile(process.execPath, given, { env }, (error, output, errors) => {
      if (output.startsWith('{')) resolve(JSON.parse(output) as Report);
      else reject(new Error(errors, { cause: error }));
    });
  });
}

test('jest takes the matchers, and says in words what was expected and what came', async () => {
  const [passes, fails] = (await runJest()).testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(passes).toMatchObject({ title: 'passes', failureMessages: [] });
  expect(fails?.failureMessages.join()).toContain('for the scopes "notes:read", but it names no scopes');
});
