import { hosts as localHosts, makeKeyPair, mintToken } from '@mcp-auth/app-local-keys';
import { createApp as createNotes } from '@mcp-auth/app-notes';
import type { Sample, SampleConfig } from '@mcp-auth/app-sample-kit';
import { hosts, startFixture, tokens, type HostName } from '@mcp-auth/app-scope-fixture';
import { createApp as createTodoManager } from '@mcp-auth/app-todo-manager';
import { createApp as createWhoami } from '@mcp-auth/app-whoami';
import {
  auditServer,
  blackBoxCases,
  blackBoxRevisions,
  startAuditIssuer,
  type AuditIssuer,
  type BlackBoxCredentials,
} from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsIn, isLong, listenFirst } from './support.js';

let issuer: AuditIssuer;

beforeAll(async () => {
  issuer = await startAuditIssuer();
});

afterAll(() => issuer.close());

/** What waits for keys or for an endpoint is asked with `npm run test:long`; the adapters of these samples are asked it too. */
const cases = blackBoxCases.filter(({ area }) => isLong || (area !== 'outage' && area !== 'introspection'));
const revisions = isLong ? blackBoxRevisions : (['2026-07-28'] as const);

const samples: readonly (readonly [
  name: string,
  create: (config: SampleConfig) => Sample | Promise<Sample>,
  credentials: BlackBoxCredentials,
])[] = [
  [
    'whoami',
    createWhoami,
    {
      scopes: ['profile', 'visitors:read'],
      operation: { method: 'tools/call', params: { name: 'list-visitors', arguments: {} } },
    },
  ],
  [
    'todo-manager',
    createTodoManager,
    {
      scopes: ['todo:read', 'todo:write'],
      operation: { method: 'tools/call', params: { name: 'list-todos', arguments: { everybody: true } } },
    },
  ],
  [
    'notes',
    createNotes,
    {
      scopes: ['notes', 'notes:statistics'],
      operation: { method: 'tools/call', params: { name: 'count-notes', arguments: {} } },
    },
  ],
];

test.each(samples)('%s: no MUST and no SHOULD fails', async (_name, create, credentials) => {
  let sample: Sample | undefined;
  const server = await listenFirst(async (resource) => {
    sample = await create({ issuer: issuer.issuer, resource, onEvent: () => undefined });
    return sample.listener;
  });
  try {
    const report = await auditServer({ url: server.url, issuer, credentials, cases, revisions });
    expect(faultsIn(report)).toEqual([]);
    expect(
      report.results.filter(({ id, outcome }) => id === 'good-token' && outcome === 'passed'),
    ).toHaveLength(revisions.length);
  } finally {
    await server.close();
    await sample?.close();
  }
});

const mechanisms = ['middleware', 'sdk'] as const;
const fixtures = (Object.keys(hosts) as HostName[])
  .flatMap((host) => mechanisms.map((mechanism) => [host, mechanism] as const))
  // One of each mechanism stands for all, unless there is time
  .filter(([host], index) => isLong || index === 0 || (host === 'fastify' && index % 2 === 1));

test.each(fixtures)(
  'the fixture of scope challenges on %s, %s: no MUST and no SHOULD fails',
  async (host, mechanism) => {
    const fixture = await startFixture(host, mechanism, 0);
    try {
      const report = await auditServer({
        url: fixture.resource,
        cases,
        revisions,
        credentials: {
          token: tokens.full,
          tokenWithoutScope: tokens.low,
          operation: { method: 'tools/call', params: { name: 'test_simple_text', arguments: {} } },
        },
      });
      expect(faultsIn(report)).toEqual([]);
    } finally {
      await fixture.close();
    }
  },
);

test.each(Object.keys(localHosts) as (keyof typeof localHosts)[])(
  'the sample that makes its own tokens on %s: no MUST and no SHOULD fails',
  async (host) => {
    const { publicKey, privateKey } = makeKeyPair();
    let sample: Sample | undefined;
    const server = await listenFirst(async (url) => {
      sample = await localHosts[host]({ origin: new URL(url).origin, publicKey, onEvent: () => undefined });
      return sample.listener;
    });
    try {
      const token = await mintToken(privateKey, new URL(server.url).origin, {
        ...{ subject: 'alice', clientId: 'client-1', scope: 'echo', lifetimeSeconds: 600 },
      });
      const report = await auditServer({
        url: server.url,
        cases,
        revisions,
        credentials: { token },
      });
      expect(faultsIn(report)).toEqual([]);
    } finally {
      await server.close();
      await sample?.close();
    }
  },
);
