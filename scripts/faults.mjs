// Puts faults into the sources, one at a time, and shows that tests catch each.
// node --test scripts/faults.mjs                                       all
// node --test --test-name-pattern='exp ignored' scripts/faults.mjs     one
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runVitest } from './lib/commands.mjs';
import { readProjectFile, root } from './lib/project.mjs';

/**
 * A fault to be found.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} file path in the workspace
 * @property {string} search text that occurs in the file exactly once
 * @property {string} replace
 * @property {{ file: string, search: string, replace: string }[]} [also] further places, where one alone breaks nothing
 * @property {string[]} [requirements] rules it breaks: a test that names one of them must fail; default: any test
 * @property {keyof typeof suites} [suite] default: `node-http`
 */

/** Test files, each fast and enough to show a fault. */
const suites = {
  'node-http': { file: 'apps/node-http-adapter/test/conformance.test.ts' },
  fetch: { file: 'packages/conformance/test/fetch-entry.test.ts' },
  'challenge-text': { file: 'packages/testing/test/challenge/challenge-text.test.ts' },
  testing: { file: 'packages/testing/test/issuer/' },
  'broken-tokens': { file: 'packages/testing/test/issuer/broken-tokens.test.ts' },
  matchers: { file: 'packages/testing/test/matchers/' },
  harness: { file: 'packages/testing/test/harness/' },
  audiences: { file: 'packages/core/test/engine/audiences-that-end.test.ts' },
  'host-bodies': { file: 'packages/hono/test/read-host-body.test.ts' },
  'what-hosts-do': { file: 'packages/hono/test/what-hosts-do.test.ts' },
  'judged-bodies': { file: 'packages/hono/test/judged-body.test.ts' },
  'held-on-node': { file: 'packages/hono/test/held-on-node.test.ts' },
  'interface-version': { file: 'packages/core/test/engine/interface-version.test.ts' },
  next: { file: 'packages/next/test/route-handlers.test.ts' },
  errors: { file: 'packages/core/test/errors/to-error.test.ts' },
  cache: { file: 'packages/core/test/cache/' },
  handles: { file: 'packages/core/test/handles/handles.test.ts' },
  senders: { file: 'packages/core/test/sender/' },
  streams: { file: 'apps/node-http-adapter/test/streams.test.ts' },
  'json-bounds': { file: 'packages/core/test/http/json-bounds.test.ts' },
  turns: { file: 'packages/core/test/signatures/without-waiting.test.ts' },
  signatures: { file: 'packages/core/test/signatures/same-verdict.property.test.ts' },
  'node-signatures': { file: 'packages/core/test/signatures/node-signatures.test.ts' },
  'step-up': { file: 'packages/core/test/policy/step-up.test.ts' },
  certificates: { file: 'packages/core/test/sender/certificates.test.ts' },
  'shared-answers': { file: 'packages/core/test/introspection/cache.test.ts' },
  'shared-revocations': { file: 'packages/core/test/streams/shared-revocations.test.ts' },
  claims: { file: 'packages/core/test/stores/guarded-claims.test.ts' },
  'practice-issuer': { file: 'packages/dev-issuer/test/http/door.test.ts' },
  'practice-consent': { file: 'packages/dev-issuer/test/login/consent.test.ts' },
  'practice-clients': { file: 'packages/dev-issuer/test/provider/clients.test.ts' },
  'practice-folder': { file: 'packages/dev-issuer/test/storage/folder.test.ts' },
  'practice-log': { file: 'packages/dev-issuer/test/log/what-happened.test.ts' },
  'cli-door': { file: 'packages/cli/test/net/door.test.ts' },
  'cli-addresses': { file: 'packages/cli/test/net/addresses.test.ts' },
  'cli-arguments': { file: 'packages/cli/test/secrets/read-arguments.test.ts' },
  'cli-report': { file: 'packages/cli/test/report/formats.test.ts' },
  'cli-secrets': { file: 'packages/cli/test/secrets/secrets.test.ts' },
  'cli-terminal': { file: 'packages/cli/test/terminal/terminal.test.ts' },
  'bound-tokens': { file: 'packages/core/test/engine/bound-tokens.test.ts' },
  nonces: { file: 'packages/core/test/sender/nonce.test.ts' },
  'store-guard': { file: 'packages/core/test/stores/store-guard.test.ts' },
  'shared-claims': { file: 'packages/core/test/engine/shared-claims.test.ts' },
  authzen: { file: 'packages/core/test/authzen/unusable-answers.test.ts' },
  'doctor-hostile': { file: 'packages/cli/test/doctor/hostile.test.ts' },
  'doctor-steps': { file: 'packages/cli/test/doctor/steps.test.ts' },
  'doctor-mistakes': { file: 'packages/cli/test/doctor/mistakes.test.ts' },
  'doctor-logins': { file: 'packages/cli/test/doctor/logins.test.ts' },
  nest: { file: 'packages/nest/test/guarded' },
  'nest-start': { file: 'packages/nest/test/refused-at-start.test.ts' },
  schemas: { file: 'packages/schemas/test/differential.test.ts', env: { DIFFERENTIAL_RUNS: '4000' } },
};

/** @returns {Promise<Fault[]>} */
async function loadFaults() {
  const folder = join(root, 'scripts/faults');
  const files = readdirSync(folder).filter((file) => !file.endsWith('.config.mjs'));
  const modules = await Promise.all(files.sort().map((file) => import(join(folder, file))));
  // The last of every third file stands for all of them where a few have to do
  return modules.flatMap((module, turn) =>
    module.faults.map((fault, index, { length }) => ({
      ...fault,
      stands: turn % 3 === 0 && index === length - 1,
    })),
  );
}

/** The place that a fault names, and further ones where one alone breaks nothing. */
function editsOf({ file, search, replace, also = [] }) {
  return [{ file, search, replace }, ...also];
}

/** Runs the tests of a suite, those of some requirements alone where any are given. */
function runSuite(suite, edits, requirements = []) {
  const { file, env } = suites[suite];
  const ids = requirements.map((id) => id.replaceAll('.', '\\.')).join('|');
  const chosen = ids === '' ? [] : ['-t', `\\[(${ids})\\]`];
  const options = ['--config=scripts/faults/with-fault.config.mjs', '--pool=threads', '--bail=1'];
  return runVitest([file, ...options, ...chosen], { ...env, MCP_AUTH_FAULT: JSON.stringify(edits) });
}

/** A test that fails because nothing works any more has not found the fault. */
function isFinding(failure) {
  return /^.*\n(?:(?:Conformance|Assertion|Syntax)Error|Error: Property)/.test(failure);
}

/** Some of them: that faults are put in and found at all shows there. */
const selectCovering = (faults) => faults.filter(({ stands }) => stands);

const all = await loadFaults();
const isCovering = process.env.MCP_AUTH_FAULTS === 'covering';
const faults = isCovering ? selectCovering(all) : all;
describe('faults', { concurrency: 2 }, () => {
  // Without a fault everything must pass, or a failing test would prove nothing. The unit tests of the same run have shown that
  const unproven = isCovering ? [] : faults;
  for (const suite of new Set(unproven.map(({ suite = 'node-http' }) => suite))) {
    test(`no fault (${suite})`, async () => {
      const { passed, failures } = await runSuite(suite, []);
      assert.deepEqual(failures, []);
      assert.notEqual(passed, 0);
    });
  }
  // One that no longer fits its source would go unnoticed
  test('every fault fits its source', () => {
    for (const { file, search } of all.flatMap(editsOf))
      assert.equal(readProjectFile(file).split(search).length, 2, `once in ${file}: ${search}`);
  });
  for (const fault of faults) {
    test(`found: ${fault.name}`, async () => {
      const { suite = 'node-http', requirements } = fault;
      const { passed, failures } = await runSuite(suite, editsOf(fault), requirements);
      assert.notEqual(failures.length, 0, `all ${passed} tests pass with it`);
      for (const failure of failures)
        assert.ok(isFinding(failure), `it breaks more than its rule: ${failure}`);
    });
  }
});
