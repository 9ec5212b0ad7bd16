import { readFileSync } from 'node:fs';
import * as published from 'mcp-auth-published';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ours from '../src/index.js';
import { awaiting } from './behaviours/awaiting.js';
import { configuration } from './behaviours/configuration.js';
import { credentials } from './behaviours/credentials.js';
import { errors } from './behaviours/errors.js';
import { failures } from './behaviours/failures.js';
import { fetchingMetadata } from './behaviours/fetching.js';
import { joseOptions } from './behaviours/jose-options.js';
import { jwtVerifier } from './behaviours/jwt-verifier.js';
import { metadata } from './behaviours/metadata.js';
import { options } from './behaviours/options.js';
import { ownVerifier } from './behaviours/own-verifier.js';
import { serverMode } from './behaviours/server-mode.js';
import { tokens } from './behaviours/tokens.js';
import { unknownOptions } from './behaviours/unknown-options.js';
import { values } from './behaviours/values.js';
import { verifierClaims } from './behaviours/verifier-claims.js';
import type { Row } from './support/row.js';
import { World, type Package } from './support/world.js';

const groups = {
  configuration,
  'published metadata': metadata,
  credentials,
  tokens,
  options,
  'options of jose': joseOptions,
  'options that are none': unknownOptions,
  'failing authorization servers': failures,
  'a verifier of your own': ownVerifier,
  'what its claims say': verifierClaims,
  'a middleware that is awaited': awaiting,
  'createVerifyJwt on a route': jwtVerifier,
  'server mode': serverMode,
  'fetching metadata': fetchingMetadata,
  values,
  errors,
};
const rows: readonly Row[] = Object.values(groups).flat();

const page = readFileSync(new URL('../../../docs/upgrade/from-mcp-auth-0.2.md', import.meta.url), 'utf8');
// The samples at the head of the page have a test of their own
const anchors = [...page.matchAll(/^### .+ \{#(?!sample)([\w-]+)\}$/gm)].map(([, anchor]) => anchor);

// What 0.2.0 exports has other types where this package promises more; the rows ask both the same
const before = published as unknown as Package;

async function observe(row: Row, pkg: Package): Promise<unknown> {
  const world = await World.start(pkg);
  try {
    return await row.run(world);
  } finally {
    await world.close();
  }
}

describe.each(Object.entries(groups))(
  '[contract row 15] %s, as 0.2.0 has it and as it is here',
  (_group, group) => {
    // Both packages warn on the console; the rows look at what clients and callers see
    beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
    afterEach(() => vi.restoreAllMocks());

    test.each(group.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
      expect({ published: await observe(row, before) }).toEqual({ published: row.was });
      expect({ here: await observe(row, ours) }).toEqual({ here: row.is });
    });
  },
);

describe('[contract row 15] the upgrade page', () => {
  const used = new Set(rows.flatMap(({ change }) => change ?? []));

  test('has a section for every behaviour that changed', () =>
    expect([...used].filter((change) => !anchors.includes(change))).toEqual([]));

  test('lists no change that no behaviour shows', () =>
    expect(anchors.filter((anchor) => !used.has(anchor!))).toEqual([]));

  test('names every change where behaviours differ, and only there', () =>
    expect(
      rows.filter(({ was, is, change }) => (change === undefined) !== (was === is)).map(({ title }) => title),
    ).toEqual([]));

  test('rests on more than sixty behaviours', () => expect(rows.length).toBeGreaterThan(60));
});

afterAll(() => undefined);
