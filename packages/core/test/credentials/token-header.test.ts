import { describe, expect, test } from 'vitest';
import { readCredentials } from '../../src/credentials/read-credentials.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { ProtectedResourceConfig } from '../../src/index.js';
import { configError } from '../support/config-error.js';
import { createHead } from '../support/head.js';

const name = 'cf-access-jwt-assertion';

function read(headers: Readonly<Record<string, string>>, rawHeaders?: readonly string[]) {
  return readCredentials(createHead({ headers, ...(rawHeaders && { rawHeaders: [...rawHeaders] }) }), name);
}

describe('a token in a header that the owner names', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing at all', {}, 'none'],
    ['an Authorization header alone', { authorization: 'Bearer good' }, 'elsewhere'],
    ['an empty Authorization header alone', { authorization: '' }, 'elsewhere'],
    ['both', { [name]: 'good', authorization: 'Bearer good' }, 'repeated'],
    [
      'both, the other one of another scheme',
      { [name]: 'good', authorization: 'Basic dXNlcg==' },
      'repeated',
    ],
    ['both, the other one empty', { [name]: 'good', authorization: '' }, 'repeated'],
    ['both empty', { [name]: '', authorization: '' }, 'repeated'],
    ['an empty header', { [name]: '' }, 'empty'],
    ['a scheme in front', { [name]: 'Bearer good' }, 'malformed'],
    ['two tokens', { [name]: 'good, good' }, 'malformed'],
    ['a space behind', { [name]: 'good ' }, 'malformed'],
    ['equals signs alone', { [name]: '==' }, 'malformed'],
    ['a letter that is not ASCII', { [name]: 'goodé' }, 'malformed'],
  ])('%s is no token', (_what, headers, kind) => {
    expect(read(headers)).toEqual({ kind });
  });

  test('two lines are one too many, in whichever case they are written', () => {
    const raw = ['Host', 'h', 'Cf-Access-Jwt-Assertion', 'good', 'CF-ACCESS-JWT-ASSERTION', 'good'];

    expect(read({ [name]: 'good' }, raw)).toEqual({ kind: 'repeated' });
    expect(read({ [name]: 'good' }, raw.slice(0, 4))).toEqual({ kind: 'bearer', token: 'good' });
  });

  test('it is the header of this name and no other', () => {
    expect(read({ 'cf-access-jwt': 'good', 'x-cf-access-jwt-assertion': 'good' })).toEqual({ kind: 'none' });
    expect(read({ [name]: 'a.b-c_d~e+f/g==' })).toEqual({ kind: 'bearer', token: 'a.b-c_d~e+f/g==' });
  });
});

const metadata = {
  resource: 'https://api.example.com/mcp',
  authorizationServers: ['https://as.example.com'],
};

function create(tokenHeader: unknown) {
  return new ResourceServer({ protectedResources: { metadata, tokenHeader } as ProtectedResourceConfig });
}

describe('the name of the header', () => {
  test.each([
    'Authorization',
    'authorization',
    'AUTHORIZATION',
    'Proxy-Authorization',
    'token',
    'Content-Type',
    'Mcp-Session-Id',
    'X-Forwarded-For',
    'Set-Cookie',
    'X Token-A',
    'X-Token:',
    '-',
    'X-',
    '-X',
    '',
    5,
    ['X-Token'],
    true,
  ])('%j is refused', (tokenHeader) => {
    const { code, path, message } = configError(() => create(tokenHeader));

    expect([code, path]).toEqual(['invalid_option', 'protectedResources.tokenHeader']);
    expect(message).toMatch(/with a hyphen in it, such as "Cf-Access-Jwt-Assertion"/);
  });

  test('for Authorization it says that nothing needs to be written', () => {
    expect(configError(() => create('Authorization')).message).toMatch(/without the option; leave it out/);
  });

  test.each(['Cf-Access-Jwt-Assertion', 'x-amzn-oidc-data', 'X-Goog-IAP-JWT-Assertion'])(
    '%s is taken',
    (name) => {
      expect(() => create(name)).not.toThrow();
    },
  );

  test('the type lets neither Authorization nor a route have it', () => {
    // @ts-expect-error -- tokens are in Authorization without the option
    const inAuthorization: ProtectedResourceConfig = { metadata, tokenHeader: 'authorization' };
    expect(configError(() => new ResourceServer({ protectedResources: inAuthorization })).code).toBe(
      'invalid_option',
    );
    // @ts-expect-error -- the document and CORS of the resource depend on it, so it is an option of the resource
    const onRoute = () => new ResourceServer(metadata).createGate('jwt', { tokenHeader: 'X-Token' });
    expect(configError(onRoute).message).toMatch(/an option of the resource/);
    // @ts-expect-error -- the short form has the resource and its servers alone
    const short = () => new ResourceServer({ ...metadata, tokenHeader: 'X-Token' });
    expect(configError(short).message).toMatch(/protectedResources: \{ metadata, tokenHeader \}/);
  });
});

describe('the published document', () => {
  const publish = (more: object) => {
    const server = new ResourceServer({
      protectedResources: { metadata: { ...metadata, ...more }, tokenHeader: 'X-Token' },
    });
    const head = createHead({ method: 'GET', target: '/.well-known/oauth-protected-resource/mcp' });
    const answer = server.metadataEndpoint.answer(head);
    return JSON.parse((answer as { body?: string }).body ?? '') as Record<string, unknown>;
  };

  test('[RFC9728-2-01] claims nothing about how clients send tokens to a gateway', () => {
    expect(publish({})).not.toHaveProperty('bearer_methods_supported');
  });

  test('[RFC9728-2-01] says what the owner says of the gateway', () => {
    expect(publish({ bearerMethodsSupported: ['header'] })).toMatchObject({
      bearer_methods_supported: ['header'],
    });
  });
});
