// Puts deliberate faults into validators, one at a time, and shows that the differential suite catches each.
// node packages/schemas/test/faults/run.mjs [part of a name]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faults } from './faults.mjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const runs = '4000';

function runSuite(fault) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      'packages/schemas/test/differential.test.ts',
      '--config=packages/schemas/test/faults/with-fault.config.mjs',
      '--bail=1',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', DIFFERENTIAL_RUNS: runs, SCHEMAS_FAULT: JSON.stringify(fault) },
    },
  );
  return { isGreen: status === 0, counterexample: /Counterexample: (.{0,140})/.exec(stdout + stderr)?.[1] };
}

if (!runSuite(null).isGreen) {
  console.error('The differential suite is not green without a fault');
  process.exit(1);
}
console.log(`without a fault: green (${runs} documents per kind)`);

const wanted = faults.filter(({ name }) => name.includes(process.argv[2] ?? ''));
let passed = 0;
for (const fault of wanted) {
  const places = readFileSync(join(root, fault.file), 'utf8').split(fault.search).length - 1;
  if (places === 0) {
    console.log(`NOT FOUND ${fault.name}: ${fault.search}`);
    continue;
  }
  const { isGreen, counterexample } = runSuite(fault);
  if (!isGreen && counterexample !== undefined) passed++;
  console.log(
    isGreen ? `MISSED    ${fault.name}` : `caught    ${fault.name}: ${counterexample ?? 'NO COUNTEREXAMPLE'}`,
  );
}
console.log(`${passed} passed, ${wanted.length - passed} failed`);
process.exitCode = passed === wanted.length ? 0 : 1;
