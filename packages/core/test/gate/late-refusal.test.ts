import { describe, expect, test } from 'vitest';
import type { ProtectedResourceConfig } from '../../src/config/protected-resource.js';
import { MCPAuthInsufficientScopeError } from '../../src/errors/bearer-auth-error.js';
import { createHead } from '../support/head.js';
import { fieldsOf, lastCode, protect } from '../support/protect.js';

const ping = { kind: 'json', value: { jsonrpc: '2.0', id: 1, method: 'ping' } } as const;

/** A call that a gate has let pass, as its handler sees it. */
async function call(scope: string | undefined, resource: Partial<ProtectedResourceConfig> = {}) {
  const operations = { methods: { ping: 'anonymous' } } as const;
  const { gate, issuer, events } = await protect({ options: { operations }, resource });
  const token = scope === undefined ? undefined : { authorization: `Bearer ${await issuer.sign({ scope })}` };
  const head = createHead({ headers: { origin: 'https://app.example.com', ...token } });
  const first = await gate.authenticate(head);
  if (first.kind !== 'allow') throw new Error('refused');
  const allowed = await gate.authorize(head, first.auth, ping);
  if (allowed.kind !== 'allow') throw new Error('refused');
  return { gate, issuer, events, head, active: gate.openCall(head, allowed) };
}

describe('a handler that finds scopes missing', () => {
  test.each([
    ['read', 403, 'insufficient_scope'],
    [undefined, 401, 'missing_credentials'],
  ])('with a token of scope %s: %i, and the owner hears %s', async (scope, status, code) => {
    const { active, events } = await call(scope);
    expect(() => active.requireScopes(['admin'])).toThrow(MCPAuthInsufficientScopeError);
    expect(active.settle()?.status).toBe(status);
    expect(lastCode(events)).toBe(code);
  });

  test('[MCP-2026-07-28-RS-010] answers with the headers of any other refusal, and with those of CORS where pages may read it', async () => {
    for (const cors of [undefined, { origins: ['https://app.example.com'] }]) {
      const { gate, head, active } = await call('read', { cors });
      expect(() => active.requireScopes(['admin'])).toThrow();
      const bad = await gate.authenticate(
        createHead({ headers: { origin: head.header('origin') ?? '', authorization: 'Bearer x' } }),
      );
      const names = (headers: readonly (readonly [string, string])[]) => headers.map(([name]) => name).sort();
      const late = active.settle();
      expect(names(late?.headers ?? [])).toEqual(names(bad.headers));
      expect(fieldsOf(bad, 'access-control-allow-origin')).toHaveLength(cors === undefined ? 0 : 1);
    }
  });
});

describe('[MCP-2026-07-28-RS-026] a rule of the owner about scopes that contain others', () => {
  const scopeHierarchy = { satisfies: (_granted: string, required: string) => required === 'admin' };

  test('gives a client without a token nothing', async () => {
    const { active } = await call(undefined, { scopeHierarchy });
    expect(active.hasScopes(['admin'])).toBe(false);
    expect((await call('read', { scopeHierarchy })).active.hasScopes(['admin'])).toBe(true);
  });
});
