import { expect, test } from 'vitest';
import { EventSink } from '../../src/events/event-sink.js';
import { createGate } from '../../src/gate/bearer-gate.js';
import { BodyBudget } from '../../src/http/body-collector.js';
import { ScopeChecks } from '../../src/scopes/scope-names.js';
import { headWith } from '../support/head.js';
import { resource, statusOf } from '../support/protect.js';

const issuer = 'https://as.example.com';

async function ask(audience: string | undefined, trusted: string): Promise<number> {
  const gate = createGate({
    resource,
    denials: 'json-rpc',
    challenges: 'http',
    resourceMetadataUrl: undefined,
    verifier: (token) => ({
      kind: 'verified',
      token: {
        token,
        issuer,
        authorizationServer: issuer,
        clientId: 'c',
        subject: 'u',
        audience,
        scopes: [],
        expiresAt: 4_000_000_000,
        claims: {},
        verifiedBy: 'jwt' as const,
      },
    }),
    audiences: new Map([[trusted, { values: new Set([resource]), mayBeAbsent: true }]]),
    requiredScopes: [],
    scopeChecks: new ScopeChecks(undefined, 'scopeHierarchy'),
    challengeScopes: 'required',
    relevantScopes: new Set(),
    operations: undefined,
    bodies: { maxBytes: 1, maxAnonymousBytes: 1, timeoutMs: 1, budget: new BodyBudget(1) },
    cors: undefined,
    events: new EventSink({ onEvent: () => undefined }),
    showErrorDetails: false,
  });
  return statusOf(await gate.authenticate(headWith('Bearer opaque')));
}

test.each([resource, undefined])(
  '[RFC9068-4-02] a token of an issuer whose audiences nobody has named is refused, with audience %s',
  async (audience) => {
    expect(await ask(audience, 'https://other.example.com')).toBe(401);
    expect(await ask(audience, issuer)).toBe(200);
  },
);
