import { describe, expect, test } from 'vitest';
import { createHead } from '../support/head.js';
import { allowed, fieldsOf, protect, refused, statusOf } from '../support/protect.js';

describe('a body whose operation cannot be told', () => {
  test.each([
    ['no object', 'tools/call'],
    ['a method that is no text', { method: 5 }],
    ['a tool without a name', { method: 'tools/call', params: {} }],
    ['a name that is no text', { method: 'tools/call', params: { name: ['delete'] } }],
    ['a batch with one such request', [{ method: 'ping' }, { method: 'tools/call' }]],
    ['a batch inside a batch', [[{ method: 'ping' }]]],
  ])(
    '[MCP-2026-07-28-RS-030][MCP-2026-07-28-RS-020] is not let through to the server: %s',
    async (_what, value) => {
      const { ask, gate, issuer } = await protect({
        options: { operations: { tools: { '*': [], delete: ['delete'] } } },
      });
      const auth = allowed(await ask(await issuer.sign({ scope: 'delete' })));
      const decision = await gate.authorize(createHead(), auth, { kind: 'json', value });
      expect(statusOf(decision)).toBe(400);
      expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
      expect(JSON.parse(refused(decision).body ?? '')).toMatchObject({ error: { code: -32_600 } });
    },
  );
});
