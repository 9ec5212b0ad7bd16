// Runs the one built file, as it is packed, on every runtime the package names, and under a strict CSP.
// A runtime that this machine cannot have is skipped, loudly; with CI_REQUIRE_ALL=1 that is a failure.
// node packages/schemas/test/runtimes/run.mjs [part of a name]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPacked, packageRoot } from '../support/pack.mjs';
import { answers } from './program.mjs';
import { runtimes } from './runtimes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'schemas-runtimes-'));
const fixtures = (name) =>
  readdirSync(join(packageRoot, 'fixtures', name))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      `${name}/${file}`,
      JSON.parse(readFileSync(join(packageRoot, 'fixtures', name, file), 'utf8')),
    ]);

const documents = {
  ...Object.fromEntries([...fixtures('provider-metadata'), ...fixtures('resource-metadata')]),
  'wrong in many ways': {
    issuer: 'https:x',
    jwks_uri: 5,
    scopes_supported: ['a', null],
    keys: [{}],
    active: 'true',
    resource: 1,
  },
  'key set': { keys: [{ kty: 'EC', 'x5t#S256': 'x' }, { use: 'sig' }] },
  'language tags': { resource: 'https://r.example', 'resource_name#de': 'x', 'resource_name#d_e': 'x' },
};

let [passed, failed, skipped] = [0, 0, 0];
try {
  const consumer = installPacked(folder);
  const built = join(consumer, 'node_modules/@mcp-auth/schemas/dist/index.js');
  const expected = answers(await import(pathToFileURL(built).href), documents);

  const evalIsOff = `let evalIsOff = false; try { new Function('return 1')(); } catch { evalIsOff = true; }`;
  const imports = `import * as schemas from './index.js';\nimport { compare } from './program.mjs';\nimport { cases } from './cases.mjs';\n`;
  const files = {
    'index.js': readFileSync(built, 'utf8'),
    'program.mjs': readFileSync(new URL('./program.mjs', import.meta.url), 'utf8'),
    'cases.mjs': `export const cases = JSON.parse(${JSON.stringify(JSON.stringify({ documents, expected }))});\n`,
    'main.mjs': `${imports}console.log(JSON.stringify(compare(schemas, cases)));\n`,
    'page.mjs': `${imports}${evalIsOff}\ndocument.title = JSON.stringify({ ...compare(schemas, cases), evalIsOff });\n`,
    'worker.mjs': `${imports}export default { test() { ${evalIsOff} console.log('RESULT ' + JSON.stringify({ ...compare(schemas, cases), evalIsOff })); } };\n`,
  };
  const place = join(folder, 'run');
  mkdirSync(place);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);

  for (const runtime of runtimes.filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
    try {
      const result = await runtime.run(place, files);
      if (result === undefined) {
        skipped++;
        console.log(`SKIPPED ${runtime.name}: it cannot be had on this machine`);
        continue;
      }
      if (result.evalIsOff === false) throw new Error('eval should have been off here');
      passed += result.passed;
      failed += result.wrong.length;
      const strict = result.evalIsOff ? ', eval off' : '';
      console.log(`${runtime.name}${strict}: ${result.passed} passed, ${result.wrong.length} failed`);
      for (const name of result.wrong.slice(0, 5)) console.log(`  FAILED ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${runtime.name}: ${error.message}\n${String(error.stderr ?? '').slice(0, 500)}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || (skipped > 0 && process.env.CI_REQUIRE_ALL === '1') ? 1 : 0;
