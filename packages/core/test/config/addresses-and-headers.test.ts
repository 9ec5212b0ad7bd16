import { describe, expect, test } from 'vitest';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { configError } from '../support/config-error.js';
import { createKey } from '../support/keys.js';
import { protect, resource } from '../support/protect.js';

const issuer = 'https://sso.example.com/realms/a';
const path = 'protectedResources.metadata.authorizationServers[0]';

function create(options: Readonly<Record<string, unknown>>): ResourceServer {
  const authorizationServers = [{ issuer, ...options } as unknown as AuthServerConfig];
  return new ResourceServer({ protectedResources: { metadata: { resource, authorizationServers } } });
}

describe('internalOrigin', () => {
  test.each([
    ['https://operator:secret@keycloak', 'https://keycloak'],
    ['https://keycloak/auth', 'https://keycloak'],
    ['https://Keycloak:443', 'https://keycloak'],
    ['https://keycloak?x=secret', 'https://keycloak'],
  ])('%s is refused without a password in the log, and the right form is told', (internalOrigin, right) => {
    const { message } = configError(() => create({ internalOrigin }));
    expect(message).toContain(`: write "${right}"`);
    expect(message).not.toContain('secret');
  });

  test.each([
    'ftp://keycloak',
    'javascript:alert(1)',
    'keycloak',
    '//keycloak',
    'file:///etc/passwd',
    5,
    null,
  ])('%j is none', (internalOrigin) => {
    expect(configError(() => create({ internalOrigin }))).toMatchObject({
      code: 'invalid_option',
      path: `${path}.internalOrigin`,
    });
  });

  test.each([{ internalOrigin: 'https://keycloak' }, { requestHeaders: { 'x-key': 'k' } }])(
    'an option that could have no effect says so: %j',
    async (option) => {
      const jwks = [(await createKey()).publicJwk];
      const given = { issuer: undefined, metadata: { issuer }, jwks, ...option };
      expect(configError(() => create(given))).toMatchObject({
        path: `${path}.${Object.keys(option)[0] ?? ''}`,
        message: expect.stringContaining('has no effect next to metadata and jwks') as string,
      });
    },
  );
});

/** Names and values that no request can carry, or that break every request. */
const wrongHeaders = [
  { 'x-key': 'secret\r\nhost: evil.example' },
  { 'x-key': 'secret\n' },
  { 'x-key': 'secret\0' },
  { 'x-key': 'secret\u2028' },
  { 'x-key\r\nhost': 'secret' },
  { 'x key': 'secret' },
  { 'content-length': '0' },
  { 'Transfer-Encoding': 'chunked' },
  { connection: 'close' },
  { Host: 'sso.example.com' },
  { 'X-Key': 'secret', 'x-key': 'other' },
];

describe.each(wrongHeaders)('request headers %j', (headers) => {
  test('of an authorization server are refused at start, not with every fetch, and not shown', () => {
    const problem = configError(() => create({ requestHeaders: headers }));
    expect(problem).toMatchObject({ code: 'invalid_option' });
    expect(problem.path).toContain(`${path}.requestHeaders`);
    expect(problem.message).not.toMatch(/secret|evil/);
  });

  test('of a route too', async () => {
    const { server } = await protect();
    const create = () => server.createGate('jwt', { resource, remoteJwkSet: { headers } });
    const problem = configError(create);
    expect(problem.path).toContain('remoteJwkSet.headers');
    expect(problem.message).not.toMatch(/secret|evil/);
  });
});

test.each([['*'], ['*/*'], ['application/*'], ['at+jwt '], ['\n'], [['at+jwt', '*']], [['at+jwt', ' ']]])(
  'typ %j would deny every token, and is refused',
  async (typ) => {
    const { server } = await protect();
    const wrong = () => server.createGate('jwt', { resource, jwtVerify: { typ } });
    expect(configError(wrong).path).toContain('jwtVerify.typ');
  },
);
