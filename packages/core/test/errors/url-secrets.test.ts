import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hideUrlSecrets } from '../../src/errors/shown-text.js';
import { protect } from '../support/protect.js';

const secret = 'sk-live-0123456789abcdef';

describe('a secret in the URL of a key set is in no event, no error and no line', () => {
  test.each([
    `https://user:${secret}@keys.example.com/jwks`,
    `https://keys.example.com/jwks?apikey=${secret}`,
  ])('%s', async (jwksUri) => {
    const failing = () => Promise.reject(new TypeError(`not ${jwksUri}`));
    const { server, heard } = await protect({
      servers: ({ issuer }) => [{ metadata: { issuer, jwksUri } }],
      config: { fetch: failing },
    });
    const error: unknown = await server.ready().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'request_failed' });
    expect(heard).toContainEqual(expect.objectContaining({ type: 'fault' }));
    expect(inspect([error, heard], { depth: 20, showHidden: true })).not.toContain('0123456789');
  });
});

test('what is no secret stays: an owner has to find the URL', () => {
  for (const url of [
    'https://a.example/keys?p=b2c_1_signin',
    'https://a.example/.well-known/jwks.json',
    'a@b.example',
  ]) {
    expect(hideUrlSecrets(url)).toBe(url);
  }
});
