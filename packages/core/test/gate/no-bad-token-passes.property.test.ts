import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { encodeJson } from '../support/jwt.js';
import { challengeOf, protect, statusOf, type Protected } from '../support/protect.js';
import { characterOf, propertyRuns, propertyTest } from '../support/property.js';

const options = { numRuns: propertyRuns };
let protectedResource: Protected;
let good: string;

beforeAll(async () => {
  protectedResource = await protect();
  good = await protectedResource.issuer.sign();
  expect(statusOf(await protectedResource.ask(good))).toBe(200);
});

const jsonish = fc.oneof(
  fc.json(),
  fc.string(),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

test(
  '[RFC8725-3.3-01][RFC9068-4-03] nothing that was not signed passes, and nothing throws',
  propertyTest,
  async () => {
    const header = fc.record(
      {
        alg: fc.constantFrom('ES256', 'RS256', 'EdDSA', 'none', 'HS256'),
        kid: fc.oneof(fc.constant('key-1'), fc.string(), fc.jsonValue()),
        typ: fc.constantFrom('at+jwt', 'JWT', 'x'),
        crit: fc.jsonValue(),
        jwk: fc.jsonValue(),
      },
      { requiredKeys: ['alg'] },
    );
    const claims = fc.record(
      {
        iss: fc.oneof(fc.constant('https://as.example.com'), fc.jsonValue()),
        aud: fc.oneof(fc.constant('https://api.example.com/mcp'), fc.jsonValue()),
        exp: fc.oneof(fc.constant(4_000_000_000), fc.jsonValue()),
        scope: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const segment = fc.oneof(
      jsonish.map(encodeJson),
      fc.string({ unit: characterOf('AZaz09-_=.'), maxLength: 90 }),
    );
    const token = fc.oneof(
      fc
        .tuple(
          header.map(encodeJson),
          claims.map(encodeJson),
          fc
            .uint8Array({ minLength: 64, maxLength: 64 })
            .map((bytes) => Buffer.from(bytes).toString('base64url')),
        )
        .map((parts) => parts.join('.')),
      fc.array(segment, { maxLength: 6 }).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        const status = statusOf(
          await protectedResource.askWith({ headers: { authorization: `Bearer ${text}` } }),
        );
        // 503 where a key is named that may be new
        expect([400, 401, 503]).toContain(status);
      }),
      options,
    );
  },
);

test('[RFC8725-3.3-01] a good token with any one change does not pass', propertyTest, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      characterOf('ABMYZabz019-_.=+/ '),
      fc.constantFrom('replace', 'insert', 'delete', 'repeat'),
      async (at, character, how) => {
        const index = at % good.length;
        const [before, rest] = [good.slice(0, index), good.slice(index)];
        const changed = {
          replace: before + character + rest.slice(1),
          insert: before + character + rest,
          delete: before + rest.slice(1),
          repeat: before + rest.charAt(0) + rest,
        }[how];
        fc.pre(changed !== good && changed.trim() !== good);
        // 503 where the change makes it name a key that may be new
        expect([400, 401, 503]).toContain(statusOf(await protectedResource.ask(changed)));
      },
    ),
    options,
  );
});

test(
  '[RFC6750-2.1-02] whatever the Authorization header holds, the answer is a well-formed refusal',
  propertyTest,
  async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(
          fc.constantFrom('Bearer ', 'bearer  ', 'Bearer\t', 'Basic ', 'DPoP '),
          fc.string({ unit: 'binary' }),
        )
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(value, async (authorization) => {
        const decision = await protectedResource.askWith({ headers: { authorization } });
        expect([400, 401]).toContain(statusOf(decision));
        const { error } = challengeOf(decision);
        expect([undefined, 'invalid_request', 'invalid_token']).toContain(error);
      }),
      options,
    );
  },
);
