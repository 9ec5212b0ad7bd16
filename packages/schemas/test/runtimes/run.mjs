// Runs the one built file, as it is packed, on every runtime the package names, and under a strict CSP.
// A runtime that this machine cannot have is skipped. node --test packages/schemas/test/runtimes/run.mjs
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installWithNpm } from '../../../../scripts/checks/packed/install.mjs';
import { fromTarballs } from '../../../../scripts/checks/packed/tarballs.mjs';
import { createTempFolder } from '../../../../scripts/lib/temp-folder.mjs';
import { answers } from './program.mjs';
import { chromium, commandLines, testRuntimes, workerd } from './runtimes.mjs';

function readFixtures(name) {
  const folder = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => [`${name}/${file}`, JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
}

const documents = {
  ...Object.fromEntries([...readFixtures('provider-metadata'), ...readFixtures('resource-metadata')]),
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

const folder = createTempFolder();
await installWithNpm(folder, await fromTarballs(['@mcp-auth/schemas']));
const built = join(folder, 'node_modules/@mcp-auth/schemas/dist/index.js');
const expected = answers(await import(pathToFileURL(built).href), documents);

const evalIsOff = `let evalIsOff = false; try { new Function('return 1')(); } catch { evalIsOff = true; }`;
const imports = `import * as schemas from './index.js';\nimport { compare } from './program.mjs';\nimport { cases } from './cases.mjs';\n`;
const place = join(folder, 'run');
mkdirSync(place);
testRuntimes(
  test,
  [...commandLines, workerd(['worker.mjs', 'index.js', 'program.mjs', 'cases.mjs']), chromium],
  place,
  {
    'index.js': readFileSync(built, 'utf8'),
    'program.mjs': readFileSync(new URL('./program.mjs', import.meta.url), 'utf8'),
    'cases.mjs': `export const cases = JSON.parse(${JSON.stringify(JSON.stringify({ documents, expected }))});\n`,
    'main.mjs': `${imports}console.log(JSON.stringify(compare(schemas, cases)));\n`,
    'page.mjs': `${imports}${evalIsOff}\ndocument.title = JSON.stringify({ ...compare(schemas, cases), evalIsOff });\n`,
    'worker.mjs': `${imports}export default { test() { ${evalIsOff} console.log('RESULT ' + JSON.stringify({ ...compare(schemas, cases), evalIsOff })); } };\n`,
  },
);
