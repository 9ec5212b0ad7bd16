// The code of every skill, run: node --test docs/test/skills.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSkill, flavours } from '../../scripts/checks/assistants/skill.mjs';
import { startStubIssuer } from '../../scripts/checks/packed/stub-issuer.mjs';
import { listPublishedPackages, root } from '../../scripts/lib/project.mjs';
import { behaviours } from './skills/behaviours.mjs';
import { loadSnippet, writeSnippet } from './skills/load-snippet.mjs';

/** Beside the examples, so that snippets find what an application has installed. */
const folder = mkdtempSync(join(root, 'apps/examples/.snippets-'));
let issuer;

before(async () => {
  issuer = await startStubIssuer();
});
after(() => {
  issuer.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, { tab }] of flavours) {
  describe(`the skill of ${name}`, () => {
    const { folder: home } = listPublishedPackages().find((pkg) => pkg.name === name);
    const skill = readFileSync(join(root, home, 'SKILL.md'), 'utf8');
    const { snippets } = createSkill(name);

    test('has no code but that of the files named here', () => {
      const blocks = [...skill.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
      assert.deepEqual(
        blocks,
        snippets.map(({ code }) => code),
      );
      assert.equal(skill.match(/^```/gm).length, 2 * blocks.length);
    });

    for (const { file, code } of snippets) {
      test(`runs ${file}`, async () => {
        const behaviour = behaviours.get(file);
        assert.ok(behaviour !== undefined, `nothing says what ${file} must do`);
        const base = join(folder, `${tab}-${file}`);
        const load = () => loadSnippet(base, code, issuer);
        assert.deepEqual(await behaviour({ tab, code, base, issuer, load, runTests }), []);
      });
    }
  });
}

/** Runs a snippet that is a test itself. */
function runTests(base, code) {
  const path = writeSnippet(base, code);
  return new Promise((resolve) => {
    // This process is run by a runner too, which such a child would report to
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const child = spawn(process.execPath, ['--test', path], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (status) => {
      const ran = /^# pass (\d+)$|^ℹ pass (\d+)$/m.exec(output);
      resolve(status === 0 && Number(ran?.[1] ?? ran?.[2]) > 0 ? [] : [output]);
    });
  });
}
