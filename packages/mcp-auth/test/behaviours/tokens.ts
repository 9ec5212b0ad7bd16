import { SignJWT } from 'jose';
import type { TokenOptions } from '../support/issuer.js';
import { changed, same, type Row } from '../support/row.js';
import { foreign, neighbour, outcome, resource, type World } from '../support/world.js';

const metadata = 'https://api.example.com/.well-known/oauth-protected-resource/notes';
const seconds = () => Math.floor(Date.now() / 1000);

/** What a token is answered with by a route that names its audience, as the pages of 0.2 advise. */
const answer =
  (
    claims: () => Record<string, unknown>,
    options: TokenOptions = {},
    route: object = { audience: resource },
  ) =>
  async (world: World) => {
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource, ...route }));
    const { status, error } = await app.call(
      await world.issuer.sign({ aud: resource, ...claims() }, options),
    );
    return error === undefined ? status : `${status} ${error}`;
  };
const none = () => ({});

const bad = '401 invalid_token';
const nowRefused = [200, bad] as const;

const facts = async (world: World, claims: Record<string, unknown>) => {
  const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
  return app.json(await world.issuer.sign({ aud: resource, ...claims }));
};

export const tokens: readonly Row[] = [
  same('a good token', answer(none), 200),
  same('a good token, signed with RSA', answer(none, { alg: 'RS256' }), 200),
  same(
    'what a handler learns of the caller',
    async (world) => {
      const { issuer, clientId, scopes, audience, subject, claims } = await facts(world, {
        email: 'u@example.com',
      });
      return [
        issuer === world.issuer.issuer,
        clientId,
        scopes,
        audience,
        subject,
        (claims as { email: string }).email,
      ];
    },
    [true, 'client-1', ['read', 'write'], resource, 'user-1', 'u@example.com'],
  ),
  same(
    'the client of a token that names it as azp',
    async (world) => (await facts(world, { client_id: undefined, azp: 'client-2' })).clientId,
    'client-2',
  ),
  changed(
    'the client of a token that names it as cid',
    'more-claims',
    async (world) => (await facts(world, { client_id: undefined, cid: 'client-3' })).clientId,
    ['', 'client-3'],
  ),
  same('scopes as a list', async (world) => (await facts(world, { scope: ['a', 'b'] })).scopes, ['a', 'b']),
  same(
    'scopes under the name scopes',
    async (world) => (await facts(world, { scope: undefined, scopes: 'a b' })).scopes,
    ['a', 'b'],
  ),
  changed(
    'scopes under the name scp',
    'more-claims',
    async (world) => (await facts(world, { scope: undefined, scp: ['a', 'b'] })).scopes,
    [[], ['a', 'b']],
  ),
  same(
    'a token that is none',
    async (world) => {
      const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
      return app.call('opaque');
    },
    { status: 401, error: 'invalid_token', metadata },
  ),
  same('a forged signature', answer(none, { forged: true }), bad),
  same('an unknown key', answer(none, { kid: 'unknown' }), bad),
  same(
    'a token that is not signed',
    async (world) => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const token = `${encode({ alg: 'none' })}.${encode({ iss: world.issuer.issuer, aud: resource, sub: 'x', exp: 9e9 })}.`;
      const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
      return app.status(token);
    },
    401,
  ),
  same(
    'a token signed with a shared secret',
    async (world) => {
      const token = await new SignJWT({
        iss: world.issuer.issuer,
        aud: resource,
        sub: 'x',
        exp: seconds() + 60,
      })
        .setProtectedHeader({ alg: 'HS256', kid: 'es' })
        .sign(new TextEncoder().encode(JSON.stringify(world.issuer.keySet.keys[0])));
      const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
      return (await app.call(token)).error;
    },
    'invalid_token',
  ),
  same(
    'an expired token',
    answer(() => ({ exp: seconds() - 60 })),
    bad,
  ),
  changed(
    'a token that expired two seconds ago',
    'clock',
    answer(() => ({ exp: seconds() - 2 })),
    [bad, 200],
  ),
  same(
    'a token that is not valid yet',
    answer(() => ({ nbf: seconds() + 600 })),
    bad,
  ),
  changed(
    'a token issued in the future',
    'clock',
    answer(() => ({ iat: seconds() + 600 })),
    nowRefused,
  ),
  changed(
    'a token without an expiry',
    'expiry',
    answer(() => ({ exp: undefined })),
    nowRefused,
  ),
  same(
    'a token without an issuer',
    answer(() => ({ iss: undefined })),
    bad,
  ),
  changed(
    'a token of another issuer',
    'wire-codes',
    answer(() => ({ iss: foreign })),
    ['401 invalid_issuer', bad],
  ),
  same(
    'a token without a subject',
    answer(() => ({ sub: undefined })),
    bad,
  ),
  same(
    'a token with an empty subject',
    answer(() => ({ sub: '' })),
    bad,
  ),
  changed(
    'a token for another audience',
    'wire-codes',
    answer(() => ({ aud: foreign })),
    ['401 invalid_audience', bad],
  ),
  changed(
    'a token for no audience',
    'wire-codes',
    answer(() => ({ aud: undefined })),
    ['401 invalid_audience', bad],
  ),
  same(
    'a token for several audiences',
    answer(() => ({ aud: [foreign, resource] })),
    200,
  ),
  same('no audience on the route, a token for the resource', answer(none, {}, {}), 200),
  changed(
    'no audience on the route, a token for another',
    'audience',
    answer(() => ({ aud: foreign }), {}, {}),
    nowRefused,
  ),
  changed(
    'no audience on the route, a token for nobody',
    'audience',
    answer(() => ({ aud: undefined }), {}, {}),
    nowRefused,
  ),
  same(
    'an audience that is not the resource',
    answer(() => ({ aud: foreign }), {}, { audience: foreign }),
    200,
  ),
  changed(
    'an origin with and without its slash as audience',
    'audience',
    answer(() => ({ aud: `${foreign}/` }), {}, { audience: foreign }),
    ['401 invalid_audience', 200],
  ),
  same('the type of RFC 9068', answer(none, { typ: 'at+jwt' }), 200),
  changed('a type that names no access token', 'token-kind', answer(none, { typ: 'Bearer' }), nowRefused),
  changed('a logout token', 'token-kind', answer(none, { typ: 'logout+jwt' }), nowRefused),
  changed(
    'an ID token',
    'token-kind',
    answer(() => ({ nonce: 'n', at_hash: 'h' })),
    nowRefused,
  ),
  changed(
    'a token that is bound to a key',
    'sender-constraint',
    answer(() => ({ cnf: { jkt: 'thumbprint' } })),
    nowRefused,
  ),
  changed(
    'a token without the scope',
    'wire-codes',
    answer(() => ({ scope: 'read' }), {}, { audience: resource, requiredScopes: ['read', 'admin'] }),
    ['403 missing_required_scopes', '403 insufficient_scope'],
  ),
  same(
    'a token with the scopes',
    answer(none, {}, { audience: resource, requiredScopes: ['write', 'read'] }),
    200,
  ),
  same(
    'a token for the neighbour in the same process',
    async (world) => {
      const mcpAuth = new world.pkg.MCPAuth({
        protectedResources: [resource, neighbour].map((identifier) => ({
          metadata: { resource: identifier, authorizationServers: [world.server] },
        })),
      });
      const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource, audience: resource }));
      return app.status(await world.issuer.sign({ aud: neighbour }));
    },
    401,
  ),
  changed(
    'an audience that is not the resource, with two authorization servers',
    'audience',
    async (world) => {
      const second = { issuer: 'https://auth.example.com', type: 'oidc' } as const;
      const mcpAuth = world.protect(resource, [world.server, second]);
      return outcome(() => mcpAuth.bearerAuth('jwt', { resource, audience: foreign }));
    },
    ['done', 'MCPAuthAuthServerError invalid_server_config'],
  ),
  same(
    'tokens of two authorization servers of one resource',
    async (world) => {
      const second = await world.startIssuer('/tenant', 'oidc');
      const mcpAuth = world.protect(resource, [world.server, { issuer: second.issuer, type: 'oidc' }]);
      const app = await world.guard(mcpAuth.bearerAuth('jwt', { resource, audience: resource }));
      const both = [world.issuer, second].map(async (issuer) =>
        app.status(await issuer.sign({ aud: resource })),
      );
      return Promise.all(both);
    },
    [200, 200],
  ),
];
