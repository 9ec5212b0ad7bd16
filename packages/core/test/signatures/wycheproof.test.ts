import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPublicJwk } from '../../src/keys/public-jwk.js';
import { parseJwt } from '../../src/verifier/jwt-syntax.js';
import { strategies } from './strategies.js';

interface Vectors {
  readonly groups: readonly {
    readonly name: string;
    readonly alg: string;
    readonly key: Readonly<Record<string, unknown>>;
    readonly tests: readonly {
      readonly id: number;
      readonly name: string;
      readonly jws: string;
      readonly isValid: boolean;
    }[];
  }[];
}

const { groups } = JSON.parse(
  readFileSync(new URL('wycheproof-jws.json', import.meta.url), 'utf8'),
) as Vectors;

describe.each(strategies)('with $name', ({ verifySignature }) => {
  describe.each(groups)('[RFC8725-3.3-01] vectors of Wycheproof, $name', ({ alg, key, tests }) => {
    const jwk = readPublicJwk(key);
    if (typeof jwk === 'string') throw new Error(jwk);

    test.each(tests)('$id $name', async ({ jws, isValid }) => {
      // Their payload is three letters, which is no object of claims: the syntax is shown by another token
      const [header = '', payload = '', signature = ''] = jws.split('.');
      const isWritten = jws.split('.').length === 3 && header !== '' && payload !== '' && signature !== '';
      const verdict = isWritten ? await verifySignature(jws, jwk, alg) : parseJwt(jws).kind;
      expect(verdict).toBe(isValid ? 'signed' : isWritten ? 'not-signed' : 'unreadable');
    });
  });
});
