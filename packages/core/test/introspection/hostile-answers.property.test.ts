import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFormAnswer } from '../../src/introspection/read-form-answer.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { statusOf } from '../support/protect.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';
import { faultsOf, introspecting } from './support.js';

const token68 = fc
  .string({
    unit: characterOf('ABCXYZabcxyz0189-._~+/'),
    minLength: 1,
    maxLength: 60,
  })
  .map((text) => `t${text}`);

const members = [
  'active',
  'iss',
  'aud',
  'exp',
  'iat',
  'nbf',
  'sub',
  'client_id',
  'scope',
  'token_type',
  'cnf',
];
const key = fc.oneof(
  fc.constantFrom(...members, '__proto__', 'constructor', 'toString', 'error'),
  fc.string(),
);
const answer = fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.boolean(), fc.integer()), { maxKeys: 12 });

describe('[RFC7662-2.2-01][RFC7662-2.2-02] whatever an endpoint answers', () => {
  test(
    'nothing is thrown past the gate, and nothing passes that lacks active, expiry or audience',
    propertyTest,
    async () => {
      const { ask, endpoint, clock, good } = await introspecting();
      const resource = 'https://api.example.com/mcp';
      await fc.assert(
        fc.asyncProperty(token68, answer, fc.boolean(), async (token, changes, isChanged) => {
          const body = isChanged ? { ...good(), ...changes } : changes;
          endpoint.reply = () => Response.json(body);
          const status = statusOf(await ask(token));
          // Two faults of the endpoint may shut the way for a moment
          clock.advance(31);
          expect([200, 401, 503]).toContain(status);
          if (status !== 200) return;
          expect(Object.hasOwn(body, 'active') && body.active).toBe(true);
          expect(typeof body.exp).toBe('number');
          expect([body.aud].flat()).toContain(resource);
          expect(body.iss ?? 'https://as.example.com').toBe('https://as.example.com');
          expect(Object.hasOwn(body, 'cnf')).toBe(false);
        }),
        { numRuns: propertyRuns },
      );
      expect(({} as { active?: unknown }).active).toBeUndefined();
    },
  );

  test(
    'any text under any status and type is an answer, or a fault of the server',
    propertyTest,
    async () => {
      const rules = {
        authentication: {
          method: 'bearer',
          clientId: undefined,
          apply: () => undefined,
          ready: () => Promise.resolve(),
        },
        signed: undefined,
      } as const;
      const text = fc.oneof(
        fc.string(),
        fc.json(),
        fc.constant('{"active":true}'),
        fc.constant('['.repeat(50_000)),
      );
      const status = fc.constantFrom(100, 200, 204, 301, 400, 401, 403, 404, 413, 429, 500, 599);
      const mediaType = fc.constantFrom(
        'application/json',
        'application/x+json',
        'text/html',
        'application/jwt',
        '',
      );
      await fc.assert(
        fc.asyncProperty(text, status, mediaType, async (body, code, type) => {
          const asked = { url: 'https://as.example.com/introspect', token: 'secret-token', now: 1 };
          try {
            const read = await readFormAnswer({ status: code, mediaType: type, text: body }, rules, asked);
            if (read.kind === 'active') {
              expect([code, (JSON.parse(body) as { active: unknown }).active]).toEqual([200, true]);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(MCPAuthAuthServerError);
            expect(JSON.stringify(error)).not.toContain('secret-token');
          }
        }),
        { numRuns: propertyRuns },
      );
    },
  );
});

describe('[RFC7662-2.2-02] keys that mean something in JavaScript', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    '%s is a claim like any other, and changes nothing else',
    async (name) => {
      const { ask, endpoint, good } = await introspecting();
      const text = JSON.stringify(good()).replace(
        '{',
        `{${JSON.stringify(name)}:{"active":true,"polluted":true},`,
      );
      endpoint.reply = () => new Response(text, { headers: { 'content-type': 'application/json' } });
      expect(statusOf(await ask('t'))).toBe(200);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  test('an answer nested as deep as 64 KiB allow is judged or refused, never thrown', async () => {
    const { ask, endpoint, good, events } = await introspecting();
    const deep = '['.repeat(31_000) + ']'.repeat(31_000);
    const text = JSON.stringify(good()).replace('{', `{"deep":${deep},`);
    endpoint.reply = () => new Response(text, { headers: { 'content-type': 'application/json' } });
    expect([200, 503]).toContain(statusOf(await ask('t')));
    expect(faultsOf(events).length).toBeLessThanOrEqual(1);
  });
});
