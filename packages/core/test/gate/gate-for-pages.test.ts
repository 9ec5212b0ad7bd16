import { describe, expect, test } from 'vitest';
import type { BearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import { createHead } from '../support/head.js';
import { fieldsOf, protect, resource } from '../support/protect.js';

const origin = 'https://app.example.com';
const body = {
  kind: 'json',
  value: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'purge' } },
} as const;

async function open(operations: BearerAuthOptions['operations']) {
  const { gate, issuer } = await protect({
    options: { operations },
    resource: { cors: { origins: [origin] } },
  });
  const head = createHead({
    headers: { origin, authorization: `Bearer ${await issuer.sign({ scope: 'read' })}` },
  });
  const first = await gate.authenticate(head);
  if (first.kind !== 'allow') throw new Error('refused');
  return { gate, head, first };
}

describe('[RFC9110-CORS-01] a gate whose answers pages of other origins may read', () => {
  test('protects the same resource, and asks the second question where a gate without pages does', async () => {
    const { gate } = await open({ tools: { '*': [] } });
    expect(gate.resource).toBe(resource);
    expect(gate.judgesOperations).toBe(true);
    expect((await open(undefined)).gate.judgesOperations).toBe(false);
  });

  test.each([
    ['at once', ['write']],
    ['by a rule that has to be waited for', () => Promise.resolve(['write'])],
  ] as const)('lets a page read a refusal that is decided %s', async (_how, rule) => {
    const { gate, head, first } = await open({ tools: { '*': rule } });
    const decision = await gate.authorize(head, first.auth, body);
    expect(decision).toMatchObject({ kind: 'refuse', status: 403 });
    expect(fieldsOf(decision, 'access-control-allow-origin')).toEqual([origin]);
  });

  test('adds its headers with the first answer, and not once more with the second', async () => {
    const { gate, head, first } = await open({ tools: { '*': [] } });
    expect(fieldsOf(first, 'access-control-allow-origin')).toEqual([origin]);
    const second = await gate.authorize(head, first.auth, body);
    expect(second).toMatchObject({ kind: 'allow', headers: [] });
  });
});
