import { changed, same, type Row } from '../support/row.js';
import { resource, type World } from '../support/world.js';

const metadata = 'https://api.example.com/.well-known/oauth-protected-resource/notes';

type Fields = readonly (readonly [string, string])[];

const see =
  (fields: (token: string) => Fields, path = '/notes') =>
  async (world: World) => {
    const app = await world.guard(world.protect().bearerAuth('jwt', { resource, audience: resource }));
    return app.see(fields(await world.issuer.sign({ aud: resource })), path);
  };
const field = (value: (token: string) => string) => see((token) => [['Authorization', value(token)]]);

const stranger = { status: 401, metadata };
const malformed = { status: 400, error: 'invalid_request', metadata };

export const credentials: readonly Row[] = [
  same(
    'the scheme in another case',
    field((token) => `bEARER ${token}`),
    { status: 200 },
  ),
  changed(
    'no credentials',
    'wire-codes',
    see(() => []),
    [{ ...stranger, error: 'missing_auth_header' }, stranger],
  ),
  changed(
    'another scheme',
    'wire-codes',
    field(() => 'Basic dXNlcjpwYXNz'),
    [{ ...stranger, error: 'invalid_auth_header_format' }, stranger],
  ),
  changed(
    'a token in the query',
    'wire-codes',
    see(() => [], '/notes?access_token=x'),
    [{ ...stranger, error: 'missing_auth_header' }, stranger],
  ),
  changed(
    'the scheme alone',
    'wire-codes',
    field(() => 'Bearer'),
    [{ ...stranger, error: 'missing_bearer_token' }, stranger],
  ),
  changed(
    'two words after the scheme',
    'malformed',
    field((token) => `Bearer ${token} more`),
    [{ ...stranger, error: 'invalid_auth_header_format' }, malformed],
  ),
  changed(
    'two fields',
    'malformed',
    see((token) => [
      ['Authorization', `Bearer ${token}`],
      ['Authorization', 'Bearer other'],
    ]),
    [{ status: 200 }, malformed],
  ),
  changed(
    'two spaces after the scheme',
    'malformed',
    field((token) => `Bearer  ${token}`),
    [{ ...stranger, error: 'invalid_auth_header_format' }, { status: 200 }],
  ),
  changed(
    'where a token with too little scope is told to go',
    'challenge',
    async (world) => {
      const route = { resource, audience: resource, requiredScopes: ['admin'] };
      const app = await world.guard(world.protect().bearerAuth('jwt', route));
      return (await app.call(await world.issuer.sign({ aud: resource }))).metadata;
    },
    [undefined, metadata],
  ),
  changed(
    'which scopes a stranger is told to ask for',
    'challenge',
    async (world) => {
      const route = { resource, audience: resource, requiredScopes: ['read', 'write'] };
      const app = await world.guard(world.protect().bearerAuth('jwt', route));
      const { headers } = await app.get('/notes');
      return /scope="([^"]*)"/.exec(String(headers['www-authenticate']))?.[1];
    },
    [undefined, 'read write'],
  ),
];
